-- WAVE (B22): which wave a release is. Published data alone has no request round, so it makes no wave later and is cited by none.

-- One more than the earlier request rounds in which a permit was given.
create or replace function parley.gate_wave(r parley.gate_releases) returns int
language sql stable set search_path = parley, pg_temp as $$
  select 1 + count(distinct earlier.request_round)::int
    from gate_permits p join gate_releases earlier using (project, release)
   where p.project = r.project and earlier.request_round < r.request_round and not gate_is_published_only(earlier)
$$;

create or replace function parley.gate_lacks_wave(r parley.gate_releases) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select 'an earlier request round was permitted since; propose the release anew' where r.wave <> gate_wave(r)
$$;
