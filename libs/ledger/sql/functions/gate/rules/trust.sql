-- TRUST (B23): signed on exactly what is sealed, and standing.

create or replace function parley.gate_lacks_trust(r parley.gate_releases, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select 'TRUST has not been given on exactly what is sealed'
   where gate_stands(gate_round_about(r.project, 'TRUST', r.release, r.sealed_core), moment) is not true
$$;
