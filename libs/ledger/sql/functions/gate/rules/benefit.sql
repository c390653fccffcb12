-- BENEFIT (B23): of a further wave, the signed account of what the earlier ones gave and cost.

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
