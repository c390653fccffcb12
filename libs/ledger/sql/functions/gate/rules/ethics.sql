-- ETHICS (B6): an ethical approval of the project is in force.

create or replace function parley.gate_lacks_ethics(a_project text, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select 'no ethical approval is in force'
   where not exists (
     select from gate_ethics where project = a_project and ended_at is null and moment < expires)
$$;
