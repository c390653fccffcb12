-- Negotiation: what the API appends; and the decisions by account as a table, so that each concern adds its own by rows.

insert into parley.append_whitelist (role, type)
select 'parley_api', unnest(array['ClarificationAsked', 'ClarificationAnswered', 'ClarificationSettled',
  'AlternativeConsidered', 'SuppositionRecorded']);

-- Decisions that only record_account_decision writes, beyond those it has always written. `roles`: what the person must
-- hold one of, now; empty means anybody on the roster. `of_holder`: a person of the holder of the request it names.
-- `attests`: said by a registrar about somebody of their own organisation, and never by the administrator.
create table parley.account_decisions (
  type text primary key,
  roles text[] not null,
  of_holder boolean not null default false,
  attests boolean not null default false
);
insert into parley.account_decisions values
  ('SuppositionReplied', '{dataHolder,informationRiskOwner}', true),
  ('AskingWished', '{}', false);

-- What stands against a decision of such a type; NULL: nothing.
create function parley.own_decision_refusal(c parley.credentials, p_stream text, entry jsonb) returns jsonb
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
  select * into who from people p where p.programme = programme_of(p_stream) and p.person = c.person;
  if not found or not who.is_present then
    return refused('FORBIDDEN', 'LEFT', 'This person is not on the roster of this programme.', 'Ask the registrar of the organisation.');
  end if;
  if kind.roles <> '{}' and not who.roles && kind.roles then
    return refused('FORBIDDEN', 'WRONG_ROLE', 'This needs the role ' || array_to_string(kind.roles, ' or ') || '.', 'Ask somebody who holds it.');
  end if;
  if kind.of_holder and not exists (
       select from requests q where q.stream = p_stream and q.request = d ->> 'request' and q.holder = who.organisation) then
    return refused('FORBIDDEN', 'WRONG_ROLE', 'Only the holder''s own people answer for its data.', 'Ask the data holder.');
  end if;
  return null;
end $$;

alter function parley.account_refusal(parley.credentials, text, jsonb) rename to account_refusal_of_old;
create function parley.account_refusal(c parley.credentials, p_stream text, entry jsonb) returns jsonb
  language sql security definer set search_path = parley, pg_temp
  as $$
    select case when exists (select from account_decisions a where a.type = entry ->> 'type')
      then own_decision_refusal(c, p_stream, entry) else account_refusal_of_old(c, p_stream, entry) end
  $$;

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
    array['DecisionRecorded', 'DecisionWithdrawn', 'RequestAnswered', 'GrantWithdrawn', 'PersonAttested', 'RolesChanged', 'AddressChanged', 'PersonLeft']
      || array(select a.type from account_decisions a),
    array['person', 'administrator']);
end $$;

revoke all on parley.account_decisions from public;
