-- PROJECT and ETHICS (B5, B6): the project goes on, with an ethical approval in force.

-- `now` is the later of the database's clock and the last entries of both streams.
create or replace function parley.gate_now(a_project text) returns timestamptz
language sql volatile set search_path = parley, pg_temp as $$
  select greatest(wall_clock(), project.last_at, programme.last_at)
    from streams project join streams programme on programme.id = project.programme
   where project.id = a_project
$$;

create or replace function parley.gate_rules_version(a_project text) returns integer
language sql stable set search_path = parley, pg_temp as $$
  select rules_version from streams where id = a_project
$$;

create or replace function parley.gate_lacks_project(a_project text) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select 'the project is closed' from gate_projects where project = a_project and closed_at is not null
  union all
  select 'the project is suspended' from gate_suspensions where project = a_project and until is null
  union all
  select 'the project is unknown' where not exists (select from gate_projects where project = a_project)
$$;

create or replace function parley.gate_lacks_ethics(a_project text, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select 'no ethical approval is in force'
   where not exists (
     select from gate_ethics where project = a_project and ended_at is null and moment < expires)
$$;
