-- The permit: given when nothing is missing, with every condition, and for no longer than what it rests on.

-- What the permit must pass on: conditions of the holders, and of the TRUST and BENEFIT signers who count.
create or replace function parley.gate_conditions(r parley.gate_releases, moment timestamptz) returns setof jsonb
language sql stable set search_path = parley, pg_temp as $$
  select condition
    from gate_requests q, jsonb_array_elements(q.given->'conditions') condition
   where q.project = r.project and q.request = any (r.requests)
  union all
  select condition
    from (select (gate_round_about(r.project, 'TRUST', r.release, r.sealed_core)).*
          union all
          select (gate_benefit_round(r.project, r.wave)).* where r.wave > 1) signed
    join gate_rounds g using (stream, checkpoint, round)
    cross join lateral unnest(gate_signers(g, 0, 9223372036854775807, 9223372036854775807, moment)) s(person, organisation, roles)
    join gate_decisions d on d.stream = g.stream and d.checkpoint = g.checkpoint and d.round = g.round
     and d.person = s.person and d.withdrawn_at is null
    cross join lateral jsonb_array_elements(d.conditions) condition
$$;

-- A permit ends with whatever it rests on that ends first.
create or replace function parley.gate_latest_expiry(r parley.gate_releases, moment timestamptz) returns timestamptz
language sql stable set search_path = parley, pg_temp as $$
  select least(
    r.expires,
    (select a.expires from gate_agreements a
      where a.programme = gate_programme(r.project) and a.agreement = gate_agreement_in_force(a.programme, moment)),
    (select b.expires from gate_boundaries b where b.project = r.project and b.boundary = r.boundary),
    (select max(e.expires) from gate_ethics e
      where e.project = r.project and e.ended_at is null and moment < e.expires and not gate_is_published_only(r)),
    (select min(q.given_expires) from gate_requests q where q.project = r.project and q.request = any (r.requests)),
    (select min(i.expires) from gate_imports i where i.project = r.project and i.import = any (r.imports)),
    (select min((c->>'value')::timestamptz) from gate_conditions(r, moment) c where c->>'kind' = 'EARLIER_EXPIRY'))
$$;

-- What is wrong with a permit's text, which the worker wrote; null if nothing.
create or replace function parley.gate_permit_flaw(r parley.gate_releases, d jsonb, moment timestamptz) returns text
language sql stable set search_path = parley, pg_temp as $$
  select case
    when d->>'core' is distinct from r.sealed_core then 'the permit names other content than what is sealed'
    when (d->>'wave')::int is distinct from r.wave then 'the permit names another wave'
    when ((d->>'expires')::timestamptz between moment and gate_latest_expiry(r, moment)) is not true
      then 'the permit outlasts what it rests on'
    when exists (select from gate_conditions(r, moment) c where not d->'conditions' @> jsonb_build_array(c))
      then 'the permit leaves out a condition'
    when (d->>'projectVersion')::bigint is distinct from (select version from streams where id = r.project)
      or (d->>'programmeVersion')::bigint is distinct from (select version from streams where id = gate_programme(r.project))
      then 'the permit was judged by other heads than these'
  end
$$;

-- I1, I3: recomputes the whole gate in the transaction that inserts the permit.
create or replace function parley.give_permit(p_project text, p_texts text[]) returns jsonb
language plpgsql security definer set search_path = parley, pg_temp as $$
declare
  d jsonb;
  r gate_releases;
  moment timestamptz;
  missing jsonb;
begin
  perform lock_project(p_project);
  d := gate_only_entry(p_texts, 'PermitGiven');
  moment := gate_now(p_project);
  if exists (select from gate_permits p where p.project = p_project and p.release = d->>'release') then
    return refused('CONFLICT', 'PERMITTED', 'The release has its permit already.', 'Nothing needs to be done.');
  end if;
  missing := gate_reasons(p_project, d->>'release', moment);
  if missing is not null then
    return gate_closed('GATE_CLOSED', missing, 'Each reason names what is missing.');
  end if;
  select * into r from gate_releases g where g.project = p_project and g.release = d->>'release';
  if gate_permit_flaw(r, d, moment) is not null then
    raise exception 'FLAWED_PERMIT: %', gate_permit_flaw(r, d, moment) using errcode = 'PA002';
  end if;
  return appended(p_project, p_texts, '{PermitGiven}', '{process}');
end $$;
grant execute on function parley.give_permit(text, text[]) to parley_worker;
