-- SEALED (B23): the release was materialised, and its content is what was sealed.

create or replace function parley.gate_lacks_seal(r parley.gate_releases) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select 'the release has not been materialised and sealed' where r.sealed_core is null
$$;
