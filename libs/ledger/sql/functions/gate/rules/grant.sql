-- GRANT (B27): every request the release rests on was granted, and the grant stands.

-- A grant stands: given by a dataHolder of the holder, not withdrawn, not expired.
create or replace function parley.gate_grant_stands(q parley.gate_requests, moment timestamptz) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select coalesce(
    q.outcome in ('GRANTED', 'PARTLY_GRANTED') and q.given is not null and q.withdrawn_at is null
    and moment < q.given_expires
    and 'dataHolder' = any (gate_roles_at(gate_programme(q.project), q.answered_by, q.holder, q.answered_at)), false)
$$;

create or replace function parley.gate_lacks_grant(r parley.gate_releases, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select 'the release rests on no request' where r.requests = '{}'
  union all
  select format('the request %s is unknown', id) from unnest(r.requests) id
   where not exists (select from gate_requests q where q.project = r.project and q.request = id)
  union all
  select format('no grant stands for request %s to %s', q.request, q.holder)
    from gate_requests q
   where q.project = r.project and q.request = any (r.requests) and not gate_grant_stands(q, moment)
  union all
  select format('request %s was granted as %s', q.request, q.given->>'tier')
    from gate_requests q
   where q.project = r.project and q.request = any (r.requests) and r.tier <> 'LINKED_DEIDENTIFIED'
     and gate_tier_rank(r.tier) > gate_tier_rank(q.given->>'tier')
$$;
