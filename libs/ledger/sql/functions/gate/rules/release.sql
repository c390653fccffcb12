-- RELEASE, TRUST, WAVE, BENEFIT and RATIONALE (B22, B23): the release itself, signed as it was sealed, and why there is a further wave.

create or replace function parley.gate_lacks_release(r parley.gate_releases, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select 'the release was given up' where r.given_up_at is not null
  union all
  select 'the release was destroyed' where r.destroyed_at is not null
  union all
  select format('the release expired at %s', instant(r.expires)) where r.expires <= moment
$$;

create or replace function parley.gate_lacks_trust(r parley.gate_releases, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select 'TRUST has not been given on exactly what is sealed'
   where gate_stands(gate_round_about(r.project, 'TRUST', r.release, r.sealed_core), moment) is not true
$$;

-- B22: published data alone has no request round, so it makes no wave later and is cited by none.
create or replace function parley.gate_wave(r parley.gate_releases) returns int
language sql stable set search_path = parley, pg_temp as $$
  select 1 + count(distinct earlier.request_round)::int
    from gate_permits p join gate_releases earlier using (project, release)
   where p.project = r.project and earlier.request_round < r.request_round and not gate_is_published_only(earlier)
$$;

-- The account of earlier waves that is signed once per wave: the last one put up.
create or replace function parley.gate_benefit_round(a_project text, a_wave int) returns parley.gate_rounds
language sql stable set search_path = parley, pg_temp as $$
  select (last).* from (
    select r as last from gate_rounds r
     where r.stream = a_project and r.kind = 'BENEFIT' and r.wave = a_wave
     order by r.opened_version desc limit 1) rounds
   where (last).core = (select b.core from gate_benefits b where b.project = a_project and b.wave = a_wave
                         order by b.version desc limit 1)
$$;

create or replace function parley.gate_lacks_benefit(r parley.gate_releases, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select format('the benefit of the waves before %s is not signed', r.wave)
   where r.wave > 1 and gate_stands(gate_benefit_round(r.project, r.wave), moment) is not true
$$;

create or replace function parley.gate_lacks_rationale(r parley.gate_releases) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select 'a further wave must cite the releases it rests on'
   where r.wave > 1 and (r.cites = '{}' or exists (
     select from unnest(r.cites) cited
      where not exists (select from gate_permits p join gate_releases earlier using (project, release)
                         where p.project = r.project and p.release = cited and p.wave < r.wave
                           and not gate_is_published_only(earlier))))
$$;
