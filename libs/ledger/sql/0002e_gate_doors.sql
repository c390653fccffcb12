-- The doors: the only ways to a permit, a read, an open deposit and a recorded result. Each locks the project, asks the
-- gate with what is committed by then, and appends its entry in the same transaction; only the worker may call them.
-- They answer {"ok": true, "entries": […], …} or {"ok": false, "refusal": {…}}.

create function parley.gate_closed(rule text, missing jsonb, remedy text) returns jsonb
language sql immutable set search_path = parley, pg_temp as $$
  select jsonb_set(refused('CONFLICT', rule, (select string_agg(m->>'reason', '; ') from jsonb_array_elements(missing) m), remedy),
                   '{refusal,missing}', missing)
$$;

create function parley.gate_reason(rule text, reason text) returns jsonb
language sql immutable set search_path = parley, pg_temp as $$
  select jsonb_build_object('rule', rule, 'reason', reason, 'waitingFor', '[]'::jsonb, 'since', null)
$$;

create function parley.gate_reasons(a_project text, a_release text, moment timestamptz) returns jsonb
language sql stable set search_path = parley, pg_temp as $$
  select jsonb_agg(gate_reason(rule, reason)) from gate_missing(a_project, a_release, moment)
$$;

-- ------------------------------------------------------------------------------------------------------- the permit

-- What the permit must pass on: conditions of the holders, and of the TRUST and BENEFIT signers who count.
create function parley.gate_conditions(r parley.gate_releases, moment timestamptz) returns setof jsonb
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
create function parley.gate_latest_expiry(r parley.gate_releases, moment timestamptz) returns timestamptz
language sql stable set search_path = parley, pg_temp as $$
  select least(
    r.expires,
    (select a.expires from gate_agreements a
      where a.programme = gate_programme(r.project) and a.agreement = gate_agreement_in_force(a.programme, moment)),
    (select b.expires from gate_boundaries b where b.project = r.project and b.boundary = r.boundary),
    (select max(e.expires) from gate_ethics e where e.project = r.project and e.ended_at is null and moment < e.expires),
    (select min(q.given_expires) from gate_requests q where q.project = r.project and q.request = any (r.requests)),
    (select min((c->>'value')::timestamptz) from gate_conditions(r, moment) c where c->>'kind' = 'EARLIER_EXPIRY'))
$$;

-- What is wrong with a permit's text, which the worker wrote; null if nothing.
create function parley.gate_permit_flaw(r parley.gate_releases, d jsonb, moment timestamptz) returns text
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
create function parley.give_permit(p_project text, p_texts text[]) returns jsonb
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

-- The data of the one entry a door lets through.
create function parley.gate_only_entry(texts text[], a_type text) returns jsonb
language plpgsql immutable set search_path = parley, pg_temp as $$
begin
  if cardinality(texts) <> 1 or texts[1]::jsonb->>'type' is distinct from a_type then
    raise exception 'FOREIGN_TYPE: this takes exactly one entry, %', a_type using errcode = 'PA002';
  end if;
  return texts[1]::jsonb->'data';
end $$;

-- ------------------------------------------------------------------------------------------------- reads and leases

create function parley.lease_length() returns interval
language sql immutable set search_path = parley, pg_temp as $$ select interval '5 seconds' $$;

-- A run may read what it was registered for: the release's own question and boundary versions, a method and a reader
-- the signers saw.
create function parley.gate_may_read(a_project text, an_analysis text) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select exists (
    select from gate_analyses a join gate_releases r using (project, release)
     where a.project = a_project and a.analysis = an_analysis and a.ended_at is null
       and a.question = r.question and a.boundary = r.boundary
       and a.method = any (r.methods) and a.author = any (r.readers))
$$;

-- I2: a read opens with a live permit, an entry in the ledger and a lease; only then is the key's half handed out.
create function parley.open_read(p_project text, p_texts text[]) returns jsonb
language plpgsql security definer set search_path = parley, pg_temp as $$
declare
  d jsonb;
  a gate_analyses;
  half bytea;
  granted leases;
begin
  perform lock_project(p_project);
  d := gate_only_entry(p_texts, 'ReadOpened');
  select * into a from gate_analyses g where g.project = p_project and g.analysis = d->>'analysis';
  select k.part into half from release_key_parts k where k.stream = p_project and k.release = a.release;
  if gate_live(p_project, a.release, gate_now(p_project)) is not true or not gate_may_read(p_project, a.analysis)
     or half is null then
    return gate_closed('NOT_READABLE', jsonb_build_array(gate_reason('PERMIT',
      'the release has no live permit, its key is gone, or this run is not one its signers saw')),
      'A closed release is read by nobody.');
  end if;
  if d->>'release' is distinct from a.release or (d->>'read')::int is distinct from a.reads + 1 then
    raise exception 'FOREIGN_READ: % reads % as its read %', a.analysis, a.release, a.reads + 1 using errcode = 'PA002';
  end if;
  insert into leases
  values (encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex'), p_project, a.release,
          a.analysis, wall_clock() + lease_length())
  returning * into granted;
  return appended(p_project, p_texts, '{ReadOpened}', '{process}')
      || jsonb_build_object('lease', granted.lease, 'expires', instant(granted.expires), 'key_part', encode(half, 'hex'));
end $$;

-- T10: the reader renews while it reads, without a lock. False: the lease ran out, or something closed the release.
create function parley.renew_lease(p_lease text) returns boolean
language plpgsql security definer set search_path = parley, pg_temp as $$
declare
  held leases;
begin
  select * into held from leases l where l.lease = p_lease and l.expires > wall_clock();
  if held.lease is null
     or gate_live(held.stream, held.release, gate_now(held.stream)) is not true
     or not gate_may_read(held.stream, held.analysis) then
    return false;
  end if;
  -- Only a lease that has not run out in the meantime: time-outs only ever close.
  update leases l set expires = wall_clock() + lease_length() where l.lease = p_lease and l.expires > wall_clock();
  return found;
end $$;

-- A result is recorded only while its release is live in this transaction, together with the round that asks for its
-- check; a run that was closed on ends without one, by the whitelist.
create function parley.end_analysis(p_project text, p_texts text[], p_lease text) returns jsonb
language plpgsql security definer set search_path = parley, pg_temp as $$
declare
  d jsonb;
  asked jsonb;
begin
  perform lock_project(p_project);
  d := gate_only_entry(p_texts[1:1], 'AnalysisEnded');
  if d->'result' = 'null' then
    if d->>'outcome' = 'COMPLETED' or cardinality(p_texts) <> 1 then
      raise exception 'FOREIGN_RESULT: a run without a result was stopped or failed' using errcode = 'PA002';
    end if;
    return appended(p_project, p_texts, '{AnalysisEnded}', '{process}');
  end if;
  asked := gate_only_entry(p_texts[2:], 'CheckpointOpened');
  if asked->>'kind' <> 'OUTPUT' or asked->'subject'->>'id' <> d->>'analysis' or asked->'content' <> d->'result'
     or d->>'outcome' <> 'COMPLETED' then
    raise exception 'FOREIGN_RESULT: a result is put up for OUTPUT exactly as it is recorded' using errcode = 'PA002';
  end if;
  if not exists (
       select from gate_analyses a join leases l on l.stream = a.project and l.analysis = a.analysis and l.lease = p_lease
        where a.project = p_project and a.analysis = d->>'analysis' and a.ended_at is null
          and gate_live(p_project, a.release, gate_now(p_project))) then
    return gate_closed('NOT_READABLE', jsonb_build_array(gate_reason('PERMIT',
      'the run holds no lease, has ended, or its release is no longer live')), 'End the run without a result.');
  end if;
  return appended(p_project, p_texts, '{AnalysisEnded,CheckpointOpened}', '{process}');
end $$;

-- --------------------------------------------------------------------------------------------------------- deposits

-- What a deposit's opening lacks: agreement, ethics, the boundary in force with these fields inside, and the grant.
create function parley.gate_lacks_for_deposit(d parley.gate_deposits, moment timestamptz) returns table (rule text, reason text)
language plpgsql stable set search_path = parley, pg_temp as $$
declare
  b gate_boundaries;
begin
  select * into b from gate_boundaries g where g.project = d.project and g.boundary = gate_boundary_signed(d.project);
  return query
    select 'AGREEMENT', m from gate_lacks_agreement(d.project, moment) m
    union all select 'ETHICS', m from gate_lacks_ethics(d.project, moment) m
    union all select 'BOUNDARY', 'no boundary is in force'
               where b.boundary is null or gate_boundary_stands(b, moment) is not true
    union all select 'BOUNDARY', 'outside the boundary: ' || m from gate_fields_outside(d.project, array[d.request], b.scope) m
    union all select 'GRANT', format('no grant stands for request %s', q.request)
                from gate_requests q
               where q.project = d.project and q.request = d.request and not gate_grant_stands(q, moment)
    union all select 'DEPOSIT', 'the deposit was not received, was refused or was destroyed'
               where d.received_at is null or d.accepted is false or d.destroyed_at is not null;
end $$;

-- I2: a deposit opens only while its grant and boundary stand; the wrapped key is handed out with the entry.
create function parley.open_deposit(p_project text, p_texts text[]) returns jsonb
language plpgsql security definer set search_path = parley, pg_temp as $$
declare
  data jsonb;
  d gate_deposits;
  missing jsonb;
  key text;
begin
  perform lock_project(p_project);
  data := gate_only_entry(p_texts, 'DepositOpened');
  select * into d from gate_deposits g where g.project = p_project and g.deposit = data->>'deposit';
  select k.wrapped into key from deposit_keys k where k.stream = p_project and k.deposit = d.deposit;
  if key is null then
    missing := jsonb_build_array(gate_reason('DEPOSIT', 'the deposit is unknown, or its key was destroyed'));
  else
    select jsonb_agg(gate_reason(rule, reason)) into missing from gate_lacks_for_deposit(d, gate_now(p_project));
  end if;
  if missing is not null then
    return gate_closed('DEPOSIT_CLOSED', missing, 'A deposit opens only while agreement, ethics, boundary and grant stand.');
  end if;
  if coalesce(data->>'purpose' not in ('check', 'materialise'), true) then
    raise exception 'ENTRY_MALFORMED: a deposit is opened to check or to materialise it' using errcode = 'PA003';
  end if;
  return appended(p_project, p_texts, '{DepositOpened}', '{process}') || jsonb_build_object('wrapped', key);
end $$;

-- ----------------------------------------------------------------------------------------------------------- rights

grant execute on function parley.give_permit(text, text[]), parley.open_read(text, text[]), parley.renew_lease(text),
  parley.end_analysis(text, text[], text), parley.open_deposit(text, text[]) to parley_worker;
