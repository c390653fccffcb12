-- T15: answers of people without e-mail, written down by somebody with an account and marked so for ever. What refuses, changes or
-- withdraws counts at once; an approval only after a colleague of the signer has countersigned it.

alter table parley.people alter column address drop not null;

-- Recorded approvals nobody has confirmed. They leave gate_decisions for this table, and come back as decisions of the entry that
-- confirms them: whatever the gate counts, it counts from there on, with the roles held then.
create table parley.gate_pending (
  stream text not null,
  checkpoint text not null,
  round int not null,
  person text not null,
  organisation text not null,
  choice text not null,
  core text not null,
  conditions jsonb not null,
  recorded_by text not null,
  primary key (stream, checkpoint, round, person)
);

create function parley.gate_fill_recorded() returns trigger
language plpgsql security definer set search_path = parley, pg_temp as $$
declare
  d constant jsonb := new.data;
  a_checkpoint constant text := d->>'checkpoint';
  a_round constant int := (d->>'round')::int;
  a_person constant text := d->>'person';
begin
  if new.type = 'DecisionRecorded' then
    if d->>'assurance' = 'RECORDED' and gate_is_approval(d->>'choice') then
      delete from gate_decisions where stream = new.stream and version = new.version
                                   and checkpoint = a_checkpoint and round = a_round;
      insert into gate_pending values (new.stream, a_checkpoint, a_round, a_person, d->>'organisation', d->>'choice', d->>'core',
                                       d->'conditions', coalesce(d #>> '{written,by}', a_person));
    end if;
  elsif new.type = 'DecisionWithdrawn' then
    delete from gate_pending
     where stream = new.stream and checkpoint = a_checkpoint and round = a_round and person = a_person;
  else
    with confirmed as (
      delete from gate_pending
       where stream = new.stream and checkpoint = a_checkpoint and round = a_round and person = a_person
         and organisation = d->>'organisation' and new.actor->>'person' not in (person, recorded_by)
      returning *)
    insert into gate_decisions
    select stream, checkpoint, round, new.version, person, organisation, choice, core, conditions, new.at, null, null from confirmed;
    if not found then
      raise exception 'NOTHING_TO_COUNTERSIGN: no recorded approval of % awaits %', a_person, new.actor->>'person' using errcode = 'PA002';
    end if;
  end if;
  return null;
end $$;
-- After gate_fill, by its name: the decision's row is there before it is put aside.
create trigger gate_fill_recorded after insert on parley.events for each row
  when (new.type in ('DecisionRecorded', 'DecisionWithdrawn', 'DecisionCountersigned')) execute function parley.gate_fill_recorded();

-- What stands against writing down what somebody else said; NULL: nothing.
create function parley.recorded_refusal(c parley.credentials, p_stream text, entry jsonb) returns jsonb
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
  select * into own from people p where p.programme = programme_of(p_stream) and p.person = c.person;
  if not found or not own.is_present then
    return refused('FORBIDDEN', 'LEFT', 'This person is not on the roster of this programme.', 'Ask the registrar of the organisation.');
  end if;
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
    if not coalesce(who.is_present and who.roles && array['dataHolder', 'informationRiskOwner'] and exists (
         select from requests q where q.stream = p_stream and q.request = d ->> 'request' and q.holder = who.organisation), false) then
      return refused('FORBIDDEN', 'WRONG_ROLE', 'Only the holder''s own people withdraw its grant.', 'Ask the data holder.');
    end if;
    return null;
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
create function parley.countersign_refusal(p_by text, p_stream text, d jsonb) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  own people;
  who people;
  r rounds;
  pending gate_pending;
begin
  select * into own from people p where p.programme = programme_of(p_stream) and p.person = p_by;
  if not found or not own.is_present then
    return refused('FORBIDDEN', 'LEFT', 'This person is not on the roster of this programme.', 'Ask the registrar of the organisation.');
  end if;
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

insert into parley.account_decisions (type, roles) values ('DecisionCountersigned', '{}');

alter function parley.account_refusal(parley.credentials, text, jsonb) rename to account_refusal_of_own;
create function parley.account_refusal(c parley.credentials, p_stream text, entry jsonb) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  d constant jsonb := entry -> 'data';
begin
  if entry ->> 'type' = 'DecisionCountersigned' then
    if c.person is null or d ->> 'by' is distinct from c.person or d ->> 'assurance' is distinct from 'ACCOUNT' then
      raise exception 'FOREIGN_PERSON: the account is not this person''s' using errcode = 'PA002';
    end if;
    return countersign_refusal(c.person, p_stream, d);
  elsif entry ->> 'type' in ('DecisionRecorded', 'DecisionWithdrawn', 'GrantWithdrawn') and d ->> 'assurance' = 'RECORDED' then
    return recorded_refusal(c, p_stream, entry);
  end if;
  return account_refusal_of_own(c, p_stream, entry);
end $$;

-- As before; an approval nobody has confirmed binds no institution.
create or replace function parley.is_bound_by_agreement(p_programme text, p_organisation text) returns boolean
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
                and x.choice in ('APPROVED', 'APPROVED_WITH_CONDITIONS')
                and not exists (select from gate_pending g where g.stream = x.stream and g.checkpoint = x.checkpoint
                                  and g.round = x.round and g.person = x.person))))
  $$;

revoke all on parley.gate_pending from public;
revoke all on function parley.gate_fill_recorded(), parley.recorded_refusal(parley.credentials, text, jsonb),
  parley.countersign_refusal(text, text, jsonb), parley.account_refusal(parley.credentials, text, jsonb) from public;
