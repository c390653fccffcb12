-- PROJECT (B23): known, and neither closed nor suspended.

create or replace function parley.gate_lacks_project(a_project text) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select 'the project is closed' from gate_projects where project = a_project and closed_at is not null
  union all
  select 'the project is suspended' from gate_suspensions where project = a_project and until is null
  union all
  select 'the project is unknown' where not exists (select from gate_projects where project = a_project)
$$;
