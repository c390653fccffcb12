-- What every rule looks up about a stream: whose it is, the instant it is judged at, which rules hold for it.

create or replace function parley.gate_programme(a_stream text) returns text
language sql stable set search_path = parley, pg_temp as $$
  select programme from streams where id = a_stream
$$;

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
