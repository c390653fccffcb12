-- DEPOSIT (B27): an accepted file for each request and import, and no other.

-- A release's files answer its requests and its imports.
create or replace function parley.gate_lacks_deposit(r parley.gate_releases) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select format('no accepted deposit for %s is part of this release', id) from unnest(r.requests || r.imports) id
   where not exists (
     select from gate_deposits d
      where d.project = r.project and d.request = id and d.deposit = any (r.deposits)
        and d.received_at is not null and d.accepted and d.destroyed_at is null)
  union all
  select format('the deposit %s is not accepted, was destroyed or answers another request', id) from unnest(r.deposits) id
   where not exists (
     select from gate_deposits d
      where d.project = r.project and d.deposit = id and d.request = any (r.requests || r.imports)
        and d.received_at is not null and d.accepted and d.destroyed_at is null)
$$;
