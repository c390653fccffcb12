-- T15: answers of people without e-mail, written down by somebody with an account and marked so for ever. What refuses, changes or
-- withdraws counts at once; an approval only after a colleague of the signer has countersigned it.

-- What stands against writing down what somebody else said; NULL: nothing.
create or replace function parley.recorded_refusal(c parley.credentials, p_stream text, entry jsonb) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  d constant jsonb := entry -> 'data';
  own people;
  who people;
  r rounds;
begin
  if c.person is null or d #>> '{written,by}' is distinct from c.person or d ->> 'person' = c.person then
    raise exception 'FOREIGN_PERSON: the account is not the recorder''s' using errcode = 'PA002';
  end if;
  own := person_present(p_stream, c.person);
  if own.person is null then return not_on_roster(); end if;
  select * into who from people p where p.programme = programme_of(p_stream) and p.person = d ->> 'person';
  if not 'projectLead' = any (own.roles) and not coalesce(who.is_present and who.organisation = own.organisation, false) then
    return refused('FORBIDDEN', 'WRONG_ROLE', 'An answer is recorded by a project lead, or by somebody of the signer''s own organisation.', 'Ask one of them to record it.');
  end if;
  if not exists (select from events e where e.stream = p_stream and e.type = 'EvidenceRecorded' and e.data ->> 'evidence' = d #>> '{written,evidence}') then
    return refused('INVALID', 'NO_EVIDENCE', 'No such evidence is registered here.', 'Register the letter, form or note of the call first, and name it.');
  end if;
  if entry ->> 'type' = 'DecisionWithdrawn' then
    return withdrawal_refusal(p_stream, d ->> 'person', d);
  elsif entry ->> 'type' = 'GrantWithdrawn' then
    if not withdraws_for_holder(p_stream, d ->> 'request', d ->> 'person') then
      return refused('FORBIDDEN', 'WRONG_ROLE', 'Only the holder''s own people withdraw its grant.', 'Ask the data holder.');
    end if;
    return grant_withdrawal_refusal(p_stream, d);
  end if;
  if exists (select from gate_organisations o where o.programme = own.programme and o.organisation = who.organisation
               and own.organisation = any (o.commissioned_by)) then
    return refused('FORBIDDEN', 'COMMISSIONER', 'Whoever commissions a provider records no answer for it.', 'Let a colleague of the person record it.');
  end if;
  select * into r from rounds x where x.stream = p_stream and x.checkpoint = d ->> 'checkpoint' and x.round = (d ->> 'round')::integer;
  if not found then
    return refused('NOT_FOUND', 'NO_SUCH_ROUND', 'This round does not exist.', 'Look at the open checkpoints.');
  end if;
  if r.kind = 'OUTPUT' then
    return refused('FORBIDDEN', 'NEEDS_ACCOUNT', 'Results are checked with an account, never by telephone.', 'Ask an output checker with an account.');
  end if;
  return decision_refusal(p_stream, d ->> 'person', d, r);
end $$;

-- What stands against `p_by` confirming a recorded approval; NULL: nothing.
create or replace function parley.countersign_refusal(p_by text, p_stream text, d jsonb) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  own people;
  who people;
  r rounds;
  pending gate_pending;
begin
  own := person_present(p_stream, p_by);
  if own.person is null then return not_on_roster(); end if;
  select * into pending from gate_pending g
    where g.stream = p_stream and g.checkpoint = d ->> 'checkpoint' and g.round = (d ->> 'round')::int and g.person = d ->> 'person';
  if not found then
    return refused('CONFLICT', 'NOTHING_TO_COUNTERSIGN', 'No recorded approval of this person awaits a countersignature.', 'Look at the round again.');
  end if;
  select * into r from rounds x where x.stream = p_stream and x.checkpoint = pending.checkpoint and x.round = pending.round;
  if r.ended_at is not null then
    return refused('STALE', 'ROUND_ENDED', 'This round has ended: it lapsed, or a new version was put to its signers.', 'Look at the newest version.');
  end if;
  if own.organisation <> pending.organisation then
    return refused('FORBIDDEN', 'OWN_ORGANISATION', 'An approval is countersigned by somebody of the signer''s own organisation.', 'Ask a colleague of the signer.');
  end if;
  if p_by in (pending.person, pending.recorded_by, r.proposer) then
    return refused('FORBIDDEN', 'NOT_ANOTHER', 'Neither the signer, nor whoever recorded the answer or proposed the content, countersigns it.', 'Ask another colleague of the signer.');
  end if;
  select * into who from people p where p.programme = own.programme and p.person = pending.person;
  if not who.is_present or d ->> 'organisation' is distinct from who.organisation or not text_array(d -> 'roles') <@ who.roles then
    raise exception 'FOREIGN_ROLE: the entry claims an organisation or roles that % does not hold', pending.person using errcode = 'PA002';
  end if;
  return null;
end $$;

-- Whether somebody's recorded approval in this round awaits this person.
create or replace function parley.may_countersign(p_stream text, p_checkpoint text, p_round integer, p_person text) returns boolean
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select exists (
      select from gate_pending g
        where g.stream = p_stream and g.checkpoint = p_checkpoint and g.round = p_round
          and countersign_refusal(p_person, p_stream, jsonb_build_object('checkpoint', g.checkpoint, 'round', g.round, 'person', g.person,
                'organisation', g.organisation, 'roles', '[]'::jsonb)) is null)
  $$;

-- What a code for a countersignature covers: it decides nothing in the round itself, nor does a code for that confirm anything.
create or replace function parley.covered_confirmation(r parley.rounds) returns jsonb
  language sql immutable set search_path = parley, pg_temp
  as $$ select jsonb_build_object('stream', r.stream, 'confirms', r.checkpoint, 'round', r.round, 'core', r.core) $$;
