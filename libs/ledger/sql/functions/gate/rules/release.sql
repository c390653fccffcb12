-- RELEASE (B23): neither given up nor destroyed nor over, and nobody is in it who objected.

create or replace function parley.gate_lacks_release(r parley.gate_releases, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select 'the release was given up' where r.given_up_at is not null
  union all
  select 'the release was destroyed' where r.destroyed_at is not null
  union all
  select 'people objected to the use of their data who are in the release' where gate_ignores_objection(r)
  union all
  select format('the release expired at %s', instant(r.expires)) where r.expires <= moment
$$;
