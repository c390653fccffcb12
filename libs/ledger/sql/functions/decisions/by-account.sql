-- Decisions by account: by record_account_decision and nothing else.
-- It answers {"ok": true, "entries": […]} or {"ok": false, "refusal": {…}}; forged texts raise PA002.

-- What stands against a decision of such a type; NULL: nothing.
create or replace function parley.own_decision_refusal(c parley.credentials, p_stream text, entry jsonb) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  d jsonb := entry -> 'data';
  kind account_decisions;
  who people;
begin
  select * into kind from account_decisions a where a.type = entry ->> 'type';
  if kind.attests then
    if c.person is null then
      return refused('FORBIDDEN', 'NOT_YOUR_PERSON', 'Only a registrar attests this.', 'Ask the registrar of the person''s organisation.');
    end if;
    return attestation_refusal(c, p_stream, entry ->> 'type', d);
  end if;
  if c.person is null or d ->> 'person' is distinct from c.person or d ->> 'assurance' is distinct from 'ACCOUNT' then
    raise exception 'FOREIGN_PERSON: the account is not this person''s' using errcode = 'PA002';
  end if;
  who := person_present(p_stream, c.person);
  if who.person is null then return not_on_roster(); end if;
  if kind.roles <> '{}' and not who.roles && kind.roles then
    return refused('FORBIDDEN', 'WRONG_ROLE', 'This needs the role ' || array_to_string(kind.roles, ' or ') || '.', 'Ask somebody who holds it.');
  end if;
  if kind.of_holder and not exists (
       select from requests q where q.stream = p_stream and q.request = d ->> 'request' and q.holder = who.organisation) then
    return refused('FORBIDDEN', 'WRONG_ROLE', 'Only the holder''s own people answer for its data.', 'Ask the data holder.');
  end if;
  return null;
end $$;

-- Against a person's own answer: on a result, by an output checker who decides every finding; on a request, or taking its grant back,
-- by the holder's own people.
create or replace function parley.own_answer_refusal(c parley.credentials, p_stream text, entry jsonb) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  d constant jsonb := entry -> 'data';
  who people;
  r rounds;
begin
  if d ->> 'person' is distinct from c.person or d ->> 'assurance' is distinct from 'ACCOUNT' then
    raise exception 'FOREIGN_PERSON: the account is not this person''s' using errcode = 'PA002';
  end if;
  who := person_present(p_stream, c.person);
  if who.person is null then return not_on_roster(); end if;
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
    return coalesce(decision_refusal(p_stream, c.person, d, r), findings_refusal(p_stream, d));
  end if;
  if not exists (select from requests q where q.stream = p_stream and q.request = d ->> 'request') then
    return refused('NOT_FOUND', 'NO_SUCH_REQUEST', 'This data request does not exist.', 'Look at the open requests.');
  end if;
  if not (case entry ->> 'type' when 'RequestAnswered' then answers_for_holder(p_stream, d ->> 'request', c.person)
                                else withdraws_for_holder(p_stream, d ->> 'request', c.person) end) then
    return refused('FORBIDDEN', 'WRONG_ROLE', 'Only the holder''s own people answer for its data.', 'Ask the data holder.');
  end if;
  return case entry ->> 'type' when 'GrantWithdrawn' then grant_withdrawal_refusal(p_stream, d) end;
end $$;

-- Handing a sign-off on, and taking it back. It decides nothing: the colleague answers by a link and code of their own.
create or replace function parley.handing_refusal(c parley.credentials, p_stream text, entry jsonb) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  d constant jsonb := entry -> 'data';
  own links;
  r rounds;
begin
  if c.person is null or d ->> 'person' is distinct from c.person or d ->> 'assurance' is distinct from 'ACCOUNT' then
    raise exception 'FOREIGN_PERSON: the account is not this person''s' using errcode = 'PA002';
  end if;
  select * into r from rounds x where x.stream = p_stream and x.checkpoint = d ->> 'checkpoint' and x.round = (d ->> 'round')::integer;
  if not found then
    return refused('NOT_FOUND', 'NO_SUCH_ROUND', 'This round does not exist.', 'Look at the open checkpoints.');
  end if;
  -- What the person's own link to this round would be refused for.
  own.stream := p_stream; own.programme := programme_of(p_stream); own.person := c.person;
  own.purpose := 'SIGN'; own.checkpoint := r.checkpoint; own.round := r.round;
  return case entry ->> 'type' when 'DelegationTakenBack' then taking_back_refusal(own, p_stream, r)
                               else delegation_refusal(own, p_stream, d, r) end;
end $$;

create or replace function parley.confirmation_refusal(c parley.credentials, p_stream text, d jsonb) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if c.person is null or d ->> 'by' is distinct from c.person or d ->> 'assurance' is distinct from 'ACCOUNT' then
    raise exception 'FOREIGN_PERSON: the account is not this person''s' using errcode = 'PA002';
  end if;
  return countersign_refusal(c.person, p_stream, d);
end $$;

-- What stands against one entry by account; NULL: nothing.
create or replace function parley.account_refusal(c parley.credentials, p_stream text, entry jsonb) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  d constant jsonb := entry -> 'data';
  kind constant text := entry ->> 'type';
begin
  return case
    when kind in ('PersonAttested', 'RolesChanged', 'AddressChanged', 'PersonLeft') then attestation_refusal(c, p_stream, kind, d)
    when kind in ('SigningDelegated', 'DelegationTakenBack') then handing_refusal(c, p_stream, entry)
    when kind = 'DecisionCountersigned' then confirmation_refusal(c, p_stream, d)
    when kind in ('DecisionRecorded', 'DecisionWithdrawn', 'GrantWithdrawn') and d ->> 'assurance' = 'RECORDED'
      then recorded_refusal(c, p_stream, entry)
    when kind in ('ExceptionProposed', 'ExceptionGranted')
      then coalesce(own_decision_refusal(c, p_stream, entry), exception_refusal(p_stream, kind, d))
    when exists (select from account_decisions a where a.type = kind) then own_decision_refusal(c, p_stream, entry)
    else own_answer_refusal(c, p_stream, entry)
  end;
end $$;

create or replace function parley.record_account_decision(p_secret text, p_texts text[]) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  c credentials;
  stream text;
  entry_text text;
  entry jsonb;
  refusal jsonb;
begin
  c := live_credential(p_secret);
  if c.hash is null then
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
    array['DecisionRecorded', 'DecisionWithdrawn', 'RequestAnswered', 'GrantWithdrawn', 'PersonAttested', 'RolesChanged', 'AddressChanged', 'PersonLeft']
      || array(select a.type from account_decisions a),
    array['person', 'administrator']);
end $$;
grant execute on function parley.record_account_decision(text, text[]) to parley_api;
