-- Reads under a lease, and the result of a run.

create or replace function parley.lease_length() returns interval
language sql immutable set search_path = parley, pg_temp as $$ select interval '5 seconds' $$;

-- A run may read what it was registered for: the release's own question and boundary versions, a method and a reader the signers
-- saw. Whether the reader is a safe person is asked again at each opening and each renewal, since training ends while permits go
-- on; what anybody can have from its publisher needs no safe person to read it.
create or replace function parley.gate_may_read(a_project text, an_analysis text) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select exists (
    select from gate_analyses a join gate_releases r using (project, release)
     where a.project = a_project and a.analysis = an_analysis and a.ended_at is null
       and a.question = r.question and a.boundary = r.boundary
       and a.method = any (r.methods) and a.author = any (r.readers)
       and (gate_is_published_only(r) or gate_is_safe(a.project, a.author, gate_now(a.project))))
$$;

-- I2: a read opens with a live permit, an entry in the ledger and a lease; only then is the key's half handed out.
create or replace function parley.open_read(p_project text, p_texts text[]) returns jsonb
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
grant execute on function parley.open_read(text, text[]) to parley_worker;

-- T10: the reader renews while it reads, without a lock. False: the lease ran out, or something closed the release.
create or replace function parley.renew_lease(p_lease text) returns boolean
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
grant execute on function parley.renew_lease(text) to parley_worker;

-- A result is recorded only while its lease lasts and its release and reader may read in this transaction, together with
-- the round that asks for its check; a run that was closed on ends without one, by the whitelist.
create or replace function parley.end_analysis(p_project text, p_texts text[], p_lease text) returns jsonb
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
       select from gate_analyses a
        where a.project = p_project and a.analysis = d->>'analysis'
          and gate_may_read(p_project, a.analysis) and gate_live(p_project, a.release, gate_now(p_project))) then
    return gate_closed('NOT_READABLE', jsonb_build_array(gate_reason('PERMIT',
      'the run has ended, or its release or reader may no longer read')),
      'End the run without a result.');
  end if;
  if not exists (
       select from leases l
        where l.stream = p_project and l.analysis = d->>'analysis' and l.lease = p_lease and l.expires > wall_clock()) then
    return refused('CONFLICT', 'LEASE_OVER', 'The run holds no lease that lasts: it was not renewed in time.',
                   'Read the release anew; it is open.');
  end if;
  return appended(p_project, p_texts, '{AnalysisEnded,CheckpointOpened}', '{process}');
end $$;
grant execute on function parley.end_analysis(text, text[], text) to parley_worker;
