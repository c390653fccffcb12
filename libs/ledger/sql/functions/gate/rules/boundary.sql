-- BOUNDARY (B41, B57): signed both as lawful and as acceptable, in force, and nothing of the release outside it.

create or replace function parley.gate_boundary_round(b parley.gate_boundaries, a_kind text) returns parley.gate_rounds
language sql stable set search_path = parley, pg_temp as $$
  select * from gate_round_about(b.project, a_kind, b.boundary, b.core)
$$;

-- The latest boundary signed both as LEGAL and as ETHICAL: neither stands in for the other (T7), and a version stays
-- the current one until its amendment is signed.
create or replace function parley.gate_boundary_signed(a_project text) returns text
language sql stable set search_path = parley, pg_temp as $$
  select b.boundary from gate_boundaries b
   where b.project = a_project
     and (gate_settled(gate_boundary_round(b, 'LEGAL'))).version is not null
     and (gate_settled(gate_boundary_round(b, 'ETHICAL'))).version is not null
   order by b.version desc limit 1
$$;

create or replace function parley.gate_boundary_stands(b parley.gate_boundaries, moment timestamptz) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select moment < b.expires and bool_and(gate_stands(r, moment) and not gate_taken_back(r)) and count(*) = 2
    from unnest(array['LEGAL', 'ETHICAL']) kind
    cross join lateral gate_boundary_round(b, kind) r
   where r.stream is not null
$$;

create or replace function parley.gate_tier_rank(tier text) returns int
language sql immutable set search_path = parley, pg_temp as $$
  select array_position(array['AGGREGATE', 'DEIDENTIFIED', 'LINKED_DEIDENTIFIED'], tier)
$$;

-- What a grant lets in and out: the fields it lists, and whatever its two specifications name besides. Before an
-- answer, what was asked for. The row's pseudonym is nobody's field.
create or replace function parley.gate_fields_of(q parley.gate_requests) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select jsonb_array_elements_text(coalesce(q.given->'fields', q.ask->'fields'))
  union
  select named
    from unnest(array[q.given->'depositAs', q.given->'releaseAs']) spec
    cross join lateral (
      select jsonb_array_elements_text((spec->'dimensions') || (spec->'sums'))
      union all
      select f->>'name' from jsonb_array_elements(spec->'fields') f where f->>'type' <> 'pseudonym') names(named)
   where q.given is not null
$$;

-- Fields of these requests that a boundary's scope does not list for their source.
create or replace function parley.gate_fields_outside(a_project text, some_requests text[], scope jsonb) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select format('the field "%s" of source "%s"', field, q.ask->>'source')
    from gate_requests q
    cross join lateral gate_fields_of(q) field
   where q.project = a_project and q.request = any (some_requests)
     and not exists (
       select from jsonb_array_elements(scope->'sources') s
        where s->>'source' = q.ask->>'source' and s->>'holder' = q.holder and s->'fields' ? field)
$$;

-- What of a release lies outside a boundary's scope: anything there needs an amendment, signed afresh (T8).
create or replace function parley.gate_outside(r parley.gate_releases, scope jsonb) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select 'the boundary says nothing' where scope is null
  union all
  select format('the purpose "%s"', r.purpose) where not scope->'purposes' ? r.purpose
  union all
  select format('the tier %s', r.tier)
   where (gate_tier_rank(r.tier) <= gate_tier_rank(scope->>'tier')) is not true
  union all
  select 'linkage' where r.tier = 'LINKED_DEIDENTIFIED' and (scope->'linkage')::boolean is not true
  union all
  select format('the method "%s"', method) from unnest(r.methods) method where not scope->'methods' ? method
  union all
  select format('the reader %s', reader) from unnest(r.readers) reader where not scope->'readers' ? reader
  union all
  select format('the expiry %s', instant(r.expires)) where r.expires > (scope->>'expires')::timestamptz
  union all
  select gate_fields_outside(r.project, r.requests, scope)
$$;

create or replace function parley.gate_lacks_boundary(r parley.gate_releases, moment timestamptz) returns setof text
language plpgsql stable set search_path = parley, pg_temp as $$
declare
  b gate_boundaries;
begin
  select * into b from gate_boundaries where project = r.project and boundary = r.boundary;
  if gate_boundary_signed(r.project) is distinct from r.boundary then
    return next format('the boundary %s is not the one in force', r.boundary);
  elsif gate_boundary_stands(b, moment) is not true then
    return next format('the boundary %s was withdrawn or has expired', r.boundary);
  end if;
  return query select 'outside the boundary: ' || beyond from gate_outside(r, b.scope) beyond;
end $$;
