-- Decisions: by link with record_decision, by account with record_account_decision, and by nothing else.
-- Both answer {"ok": true, "entries": […]} or {"ok": false, "refusal": {…}}; forged texts raise PA002.

create function parley.refused(kind text, rule text, reason text, remedy text) returns jsonb
  language sql immutable set search_path = parley, pg_temp
  as $$ select jsonb_build_object('ok', false, 'refusal',
          jsonb_build_object('kind', kind, 'rule', rule, 'reason', reason, 'remedy', remedy)) $$;

create function parley.appended(p_stream text, p_texts text[], p_types text[], p_actors text[]) returns jsonb
  language sql volatile security definer set search_path = parley, pg_temp
  as $$ select jsonb_build_object('ok', true, 'entries', jsonb_agg(to_jsonb(a) order by a.version))
        from append_checked(p_stream, p_texts, p_types, p_actors) a $$;

-- Kinds whose decisions always need the mailed code, whatever a round says.
create function parley.always_needs_code(kind text) returns boolean
  language sql immutable set search_path = parley, pg_temp
  as $$ select kind in ('AGREEMENT', 'LEGAL', 'ETHICAL', 'TRUST', 'BENEFIT') $$;

create function parley.programme_of(p_stream text) returns text
  language sql stable security definer set search_path = parley, pg_temp
  as $$ select s.programme from streams s where s.id = p_stream $$;

-- What every new decision must agree with, however it is given. NULL: nothing stands against it.
create function parley.decision_refusal(p_stream text, p_person text, d jsonb, r parley.rounds) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  who people;
begin
  if r.ended_at is not null then
    return refused('STALE', 'ROUND_ENDED', 'This round has ended: it lapsed, or a new version was put to its signers.',
                   'Open the newest link you were sent.');
  end if;
  if d ->> 'core' is distinct from r.core or d ->> 'cover' is distinct from r.cover then
    return refused('STALE', 'STALE_CONTENT', 'What was decided on is no longer what is asked.', 'Read what changed, then decide again.');
  end if;
  if coalesce(d ->> 'choice' not in ('APPROVED', 'APPROVED_WITH_CONDITIONS', 'REJECTED', 'CHANGES_REQUESTED', 'ABSTAINED'), true) then
    raise exception 'ENTRY_MALFORMED: % is not a choice', d ->> 'choice' using errcode = 'PA003';
  end if;
  if not exists (select from jsonb_array_elements(r.asked) a where a ->> 'person' = p_person) then
    return refused('FORBIDDEN', 'NOT_ASKED', 'This person is not asked in this round.', 'Only the people asked can answer.');
  end if;
  select * into who from people p where p.programme = programme_of(p_stream) and p.person = p_person;
  if not found or not who.is_present then
    return refused('FORBIDDEN', 'LEFT', 'This person is no longer on the roster.', 'Ask the registrar of the organisation.');
  end if;
  if d ->> 'organisation' is distinct from who.organisation or not text_array(d -> 'roles') <@ who.roles then
    raise exception 'FOREIGN_ROLE: the decision claims an organisation or roles that % does not hold', p_person using errcode = 'PA002';
  end if;
  if p_person = r.proposer and d ->> 'choice' in ('APPROVED', 'APPROVED_WITH_CONDITIONS') then
    return refused('FORBIDDEN', 'SELF_APPROVAL', 'Nobody approves what they proposed.', 'Another person has to decide.');
  end if;
  if exists (select from decisions x where x.stream = p_stream and x.checkpoint = r.checkpoint and x.round = r.round
               and x.person = p_person and x.withdrawn_at is null) then
    return refused('CONFLICT', 'ALREADY_DECIDED', 'This person has decided in this round.', 'Withdraw that decision first if it no longer holds.');
  end if;
  return null;
end $$;

create function parley.withdrawal_refusal(p_stream text, p_person text, d jsonb) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if not exists (select from decisions x where x.stream = p_stream and x.checkpoint = d ->> 'checkpoint'
                   and x.round = (d ->> 'round')::integer and x.person = p_person and x.withdrawn_at is null) then
    return refused('CONFLICT', 'NOTHING_TO_WITHDRAW', 'No decision of this person stands in this round.', 'Nothing needs to be done.');
  end if;
  return null;
end $$;

-- Looks for the given code among the person's live ones for this item. A wrong code is a try against each of them:
-- counted by returning, so that the count commits with the refusal.
create function parley.try_code(p_stream text, p_person text, p_checkpoint text, p_round integer, p_code text, out code_id bigint, out refusal jsonb)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  live bigint[];
begin
  select array_agg(c.id), max(c.id) filter (where c.hash = sha256(c.salt || convert_to(coalesce(p_code, ''), 'UTF8')))
    into live, code_id
    from codes c
    where c.person = p_person and c.stream = p_stream and c.consumed_at is null and c.tries < 5 and c.expires > wall_clock()
      and c.items @> jsonb_build_array(jsonb_build_object('checkpoint', p_checkpoint, 'round', p_round));
  if code_id is not null then return; end if;
  if p_code is null then
    refusal := refused('FORBIDDEN', 'CODE_NEEDED', 'This decision needs the code that was mailed to you.', 'Ask for a code, and give it with the decision.');
  elsif live is null then
    refusal := refused('FORBIDDEN', 'CODE_DEAD', 'There is no code to compare with: it was used, is too old, or was tried too often.', 'Ask for a new code.');
  else
    update codes set tries = tries + 1 where id = any (live);
    refusal := refused('FORBIDDEN', 'CODE_WRONG', 'This is not the code that was mailed.', 'Look at the newest mail and try again.');
  end if;
end $$;

create function parley.record_decision(p_token text, p_code text, p_texts text[]) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  link links;
  entry_text text;
  entry jsonb;
  d jsonb;
  r rounds;
  is_own boolean;
  code_id bigint;
  used bigint[] := array[]::bigint[];
  refusal jsonb;
begin
  select * into link from links l where l.hash = sha256(convert_to(p_token, 'UTF8'));
  if not found or link.purpose = 'ACCESS' or link.expires <= wall_clock() or link.void_at is not null then
    return refused('NOT_FOUND', 'LINK_DEAD', 'This link is not live.', 'Ask for a fresh link.');
  end if;
  if link.stream like 'prj%' then perform lock_project(link.stream); else perform lock_programme(link.stream); end if;
  -- Again under the lock: a thousand equal submissions stand in line here.
  select * into link from links l where l.hash = link.hash for update;

  foreach entry_text in array p_texts loop
    entry := entry_text::jsonb;
    d := entry -> 'data';
    if entry #>> '{actor,person}' is distinct from link.person or d ->> 'person' is distinct from link.person then
      raise exception 'FOREIGN_PERSON: the link is not this person''s' using errcode = 'PA002';
    end if;
    if entry ->> 'stream' is distinct from link.stream then
      raise exception 'FOREIGN_STREAM: the link is for %', link.stream using errcode = 'PA002';
    end if;
    select * into r from rounds x where x.stream = link.stream and x.checkpoint = d ->> 'checkpoint' and x.round = (d ->> 'round')::integer;
    if not found then
      return refused('NOT_FOUND', 'NO_SUCH_ROUND', 'This round does not exist.', 'Open the newest link you were sent.');
    end if;
    is_own := r.checkpoint = link.checkpoint and r.round = link.round;
    code_id := null;
    if entry ->> 'type' = 'DecisionRecorded' then
      if r.kind = 'OUTPUT' then
        return refused('FORBIDDEN', 'NEEDS_ACCOUNT', 'Results are checked with an account, never by link.', 'Sign in.');
      end if;
      if link.purpose <> 'SIGN' or (is_own and link.used_at is not null) then
        return refused('CONFLICT', 'LINK_USED', 'This link has been used; it can still withdraw.', 'Ask for a fresh link to decide anew.');
      end if;
      refusal := decision_refusal(link.stream, link.person, d, r);
      if refusal is not null then return refusal; end if;
      if r.needs_code or always_needs_code(r.kind) or not is_own then
        select t.code_id, t.refusal into code_id, refusal from try_code(link.stream, link.person, r.checkpoint, r.round, p_code) t;
        if refusal is not null then return refusal; end if;
        used := used || code_id;
      end if;
      if d ->> 'assurance' is distinct from (case when code_id is null then 'LINK' else 'LINK_CODE' end) then
        raise exception 'FOREIGN_ASSURANCE: the decision claims %', d ->> 'assurance' using errcode = 'PA002';
      end if;
    elsif entry ->> 'type' = 'DecisionWithdrawn' then
      if not is_own then
        select t.code_id, t.refusal into code_id, refusal from try_code(link.stream, link.person, r.checkpoint, r.round, p_code) t;
        if refusal is not null then return refusal; end if;
        used := used || code_id;
      end if;
      refusal := withdrawal_refusal(link.stream, link.person, d);
      if refusal is not null then return refusal; end if;
      if d ->> 'assurance' is distinct from (case when is_own then 'LINK' else 'LINK_CODE' end) then
        raise exception 'FOREIGN_ASSURANCE: the withdrawal claims %', d ->> 'assurance' using errcode = 'PA002';
      end if;
    end if;
  end loop;

  refusal := appended(link.stream, p_texts, array['DecisionRecorded', 'DecisionWithdrawn'], array['person']);
  update links l set used_at = coalesce(l.used_at, wall_clock()) where l.hash = link.hash;
  update codes c set consumed_at = wall_clock() where c.id = any (used);
  return refusal;
end $$;

-- --------------------------------------------------------------------------------------------------- by account

-- Whether an agreement that names this organisation stands signed: from then on the operator changes nobody in it.
create function parley.is_bound_by_agreement(p_programme text, p_organisation text) returns boolean
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select exists (
      select from rounds r
        join events e on e.stream = r.stream and e.type = 'AgreementProposed' and e.data ->> 'agreement' = r.subject ->> 'id'
        where r.stream = p_programme and r.kind = 'AGREEMENT'
          and e.data -> 'parties' @> jsonb_build_array(jsonb_build_object('organisation', p_organisation))
          and not exists (
            select from jsonb_array_elements(r.asked) a where not exists (
              select from decisions x where x.stream = r.stream and x.checkpoint = r.checkpoint and x.round = r.round
                and x.organisation = a ->> 'organisation' and x.withdrawn_at is null
                and x.choice in ('APPROVED', 'APPROVED_WITH_CONDITIONS'))))
  $$;

-- May this account attest or change this person of this organisation? NULL: it may.
create function parley.attestation_refusal(c parley.credentials, p_programme text, p_type text, d jsonb) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  target people;
  own people;
  organisation text;
begin
  select * into target from people p where p.programme = p_programme and p.person = d ->> 'person';
  if p_type <> 'PersonAttested' and not found then
    return refused('NOT_FOUND', 'NO_SUCH_PERSON', 'This person is not on the roster.', 'Attest the person first.');
  end if;
  organisation := coalesce(case when p_type = 'PersonAttested' then d ->> 'organisation' end, target.organisation);
  if c.administrator is not null then
    if p_type = 'PersonAttested' and not text_array(d -> 'roles') && array['registrar', 'signatory', 'auditor'] then
      return refused('FORBIDDEN', 'NOT_YOUR_PERSON', 'The administrator enters only registrars and signatories.', 'The organisation''s registrar attests everybody else.');
    end if;
    if is_bound_by_agreement(p_programme, organisation) then
      return refused('FORBIDDEN', 'AGREEMENT_STANDS', 'An agreement with this organisation is signed: the administrator changes nobody in it.',
                     'Its registrar changes its people; a registrar is changed by an amended agreement.');
    end if;
    return null;
  end if;
  select * into own from people p where p.programme = p_programme and p.person = c.person;
  if c.programme <> p_programme or not found or not own.is_present or not 'registrar' = any (own.roles)
     or own.organisation <> organisation or coalesce(target.organisation <> own.organisation, false) then
    return refused('FORBIDDEN', 'NOT_YOUR_PERSON', 'Only the registrar of the person''s own organisation attests its people.', 'Ask that registrar.');
  end if;
  if c.person = d ->> 'person' then
    return refused('FORBIDDEN', 'OWN_ENTRY', 'A registrar''s own entry is changed only by an amended agreement.', 'Propose an amended agreement.');
  end if;
  return null;
end $$;

create function parley.account_refusal(c parley.credentials, p_stream text, entry jsonb) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  d jsonb := entry -> 'data';
  who people;
  r rounds;
  holder text;
begin
  if entry ->> 'type' in ('PersonAttested', 'RolesChanged', 'AddressChanged', 'PersonLeft') then
    return attestation_refusal(c, p_stream, entry ->> 'type', d);
  end if;
  if d ->> 'person' is distinct from c.person or d ->> 'assurance' is distinct from 'ACCOUNT' then
    raise exception 'FOREIGN_PERSON: the account is not this person''s' using errcode = 'PA002';
  end if;
  select * into who from people p where p.programme = programme_of(p_stream) and p.person = c.person;
  if not found or not who.is_present then
    return refused('FORBIDDEN', 'LEFT', 'This person is not on the roster of this programme.', 'Ask the registrar of the organisation.');
  end if;
  if entry ->> 'type' = 'DecisionWithdrawn' then
    return withdrawal_refusal(p_stream, c.person, d);
  elsif entry ->> 'type' = 'DecisionRecorded' then
    select * into r from rounds x where x.stream = p_stream and x.checkpoint = d ->> 'checkpoint' and x.round = (d ->> 'round')::integer;
    if not found then
      return refused('NOT_FOUND', 'NO_SUCH_ROUND', 'This round does not exist.', 'Look at the open checkpoints.');
    end if;
    if r.kind <> 'OUTPUT' then
      return refused('FORBIDDEN', 'NEEDS_LINK', 'Only results are decided on with an account; having one does not replace a link.', 'Use the link that was mailed.');
    end if;
    if not 'outputChecker' = any (who.roles) then
      return refused('FORBIDDEN', 'WRONG_ROLE', 'Results are checked by an output checker.', 'Ask an output checker.');
    end if;
    return decision_refusal(p_stream, c.person, d, r);
  end if;
  select q.holder into holder from requests q where q.stream = p_stream and q.request = d ->> 'request';
  if holder is null then
    return refused('NOT_FOUND', 'NO_SUCH_REQUEST', 'This data request does not exist.', 'Look at the open requests.');
  end if;
  if who.organisation <> holder or not who.roles && (case entry ->> 'type' when 'RequestAnswered'
       then array['dataHolder'] else array['dataHolder', 'informationRiskOwner'] end) then
    return refused('FORBIDDEN', 'WRONG_ROLE', 'Only the holder''s own people answer for its data.', 'Ask the data holder.');
  end if;
  return null;
end $$;

create function parley.record_account_decision(p_secret text, p_texts text[]) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  c credentials;
  stream text;
  entry_text text;
  entry jsonb;
  refusal jsonb;
begin
  select * into c from credentials x where x.hash = sha256(convert_to(p_secret, 'UTF8'));
  if not found or c.expires <= wall_clock() or c.revoked_at is not null then
    return refused('FORBIDDEN', 'NO_ACCOUNT', 'This token is unknown, expired or revoked.', 'Ask for a new one.');
  end if;
  if not c.scopes && array['*', 'write'] then
    return refused('FORBIDDEN', 'SCOPES', 'This token may only read.', 'Use a token with the scope "write".');
  end if;
  stream := p_texts[1]::jsonb ->> 'stream';
  if stream like 'prj%' then perform lock_project(stream); else perform lock_programme(stream); end if;
  foreach entry_text in array p_texts loop
    entry := entry_text::jsonb;
    if entry -> 'actor' is distinct from (case when c.person is null then jsonb_build_object('administrator', c.administrator)
                                              else jsonb_build_object('person', c.person) end) then
      raise exception 'FOREIGN_PERSON: the account is not this person''s' using errcode = 'PA002';
    end if;
    if c.programme is not null and c.programme is distinct from programme_of(stream) then
      return refused('FORBIDDEN', 'FOREIGN_PROGRAMME', 'This account belongs to another programme.', 'Use the account of this programme.');
    end if;
    refusal := account_refusal(c, stream, entry);
    if refusal is not null then return refusal; end if;
  end loop;
  return appended(stream, p_texts,
    array['DecisionRecorded', 'DecisionWithdrawn', 'RequestAnswered', 'GrantWithdrawn', 'PersonAttested', 'RolesChanged', 'AddressChanged', 'PersonLeft'],
    array['person', 'administrator']);
end $$;
