-- A sign-off handed to a named colleague: who is asked besides, in both places that count, and what each step must agree with.

insert into parley.link_decisions values ('SigningDelegated'), ('DelegationTakenBack');

-- ---------------------------------------------------------------------- who is asked, for the decision functions and for the gate

create function parley.delegate_asked(asked jsonb, d jsonb) returns jsonb
  language sql immutable set search_path = parley, pg_temp
  as $$
    select asked || jsonb_build_object('person', d ->> 'to', 'organisation', d ->> 'organisation', 'slots', d -> 'slots',
                                       'onBehalfOf', d ->> 'person', 'until', d ->> 'until')
  $$;

-- Taking back shortens the time; the entry stays, so that what was signed in time goes on being counted.
create function parley.delegation_ended(asked jsonb, d jsonb, moment text) returns jsonb
  language sql immutable set search_path = parley, pg_temp
  as $$
    select jsonb_agg(case when a ->> 'onBehalfOf' = d ->> 'person' and moment::timestamptz < (a ->> 'until')::timestamptz
                       then a || jsonb_build_object('until', moment) else a end order by n)
      from jsonb_array_elements(asked) with ordinality e (a, n)
  $$;

create function parley.fill_delegation() returns trigger
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  d jsonb := new.data;
begin
  update rounds r set asked = case new.type when 'SigningDelegated' then delegate_asked(r.asked, d) else delegation_ended(r.asked, d, instant(new.at)) end
    where r.stream = new.stream and r.checkpoint = d ->> 'checkpoint' and r.round = (d ->> 'round')::integer;
  update gate_rounds r set asked = case new.type when 'SigningDelegated' then delegate_asked(r.asked, d) else delegation_ended(r.asked, d, instant(new.at)) end
    where r.stream = new.stream and r.checkpoint = d ->> 'checkpoint' and r.round = (d ->> 'round')::integer;
  return null;
end $$;
create trigger fill_delegation after insert on parley.events for each row
  when (new.type in ('SigningDelegated', 'DelegationTakenBack')) execute function parley.fill_delegation();

-- The gate: the same as before, and a delegate counts only for what they signed while the delegation stood.
create or replace function parley.gate_signers(r parley.gate_rounds, first bigint, last bigint, as_of bigint, judged timestamptz)
returns parley.gate_signer[]
language sql stable set search_path = parley, pg_temp as $$
  select coalesce(array_agg((d.person, d.organisation, held.roles)::gate_signer), '{}')
    from gate_decisions d
    cross join lateral (select array(
      select unnest(gate_roles_at(gate_programme(r.stream), d.person, d.organisation, d.at))
      intersect
      select unnest(gate_roles_at(gate_programme(r.stream), d.person, d.organisation, coalesce(judged, d.at)))) as roles) held
   where d.stream = r.stream and d.checkpoint = r.checkpoint and d.round = r.round
     and d.version between first and last
     and gate_is_approval(d.choice) and d.core = r.core
     and (d.withdrawn_version is null or d.withdrawn_version > as_of)
     and d.version < least(r.lapsed_version, r.replaced_version, 9223372036854775807)
     and cardinality(held.roles) > 0
     and exists (select from jsonb_array_elements(r.asked) a
                  where a->>'person' = d.person and a->>'organisation' = d.organisation
                    and (a->>'until' is null or d.at < (a->>'until')::timestamptz)
                    and (a->>'onBehalfOf' is null or exists (select from jsonb_array_elements(r.asked) o
                           where o->>'person' = a->>'onBehalfOf' and o->>'organisation' = a->>'organisation' and not o ? 'onBehalfOf')))
     and not gate_is_barred(r, d)
$$;

-- ------------------------------------------------------------------------------------------------ what stands, by the clock

create function parley.has_answered(r parley.rounds, p_person text) returns boolean
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select exists (select from decisions x where x.stream = r.stream and x.checkpoint = r.checkpoint and x.round = r.round
                     and x.person = p_person and x.withdrawn_at is null)
  $$;

-- By which this person signs for another; NULL where there is none.
create function parley.delegation_to(r parley.rounds, p_person text) returns jsonb
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select a from jsonb_array_elements(r.asked) a
      where a ->> 'person' = p_person and a ? 'onBehalfOf' and wall_clock() < (a ->> 'until')::timestamptz limit 1
  $$;

-- By which another signs for this person, or has signed.
create function parley.delegation_of(r parley.rounds, p_person text) returns jsonb
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select a from jsonb_array_elements(r.asked) a
      where a ->> 'onBehalfOf' = p_person and (wall_clock() < (a ->> 'until')::timestamptz or has_answered(r, a ->> 'person')) limit 1
  $$;

create function parley.asked_in_own_right(r parley.rounds, p_person text) returns jsonb
  language sql immutable security definer set search_path = parley, pg_temp
  as $$ select a from jsonb_array_elements(r.asked) a where a ->> 'person' = p_person and not a ? 'onBehalfOf' limit 1 $$;

-- As it was, and: who handed it on does not answer too, and a delegate names whom they sign for, who is still there.
create or replace function parley.decision_refusal(p_stream text, p_person text, d jsonb, r parley.rounds) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  who people;
  delegation jsonb := delegation_to(r, p_person);
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
  if asked_in_own_right(r, p_person) is null and delegation is null then
    return refused('FORBIDDEN', 'NOT_ASKED', 'This person is not asked in this round.', 'Only the people asked can answer.');
  end if;
  if delegation_of(r, p_person) is not null then
    return refused('CONFLICT', 'DELEGATED', 'This person handed the answer to a colleague.', 'Take the delegation back first.');
  end if;
  select * into who from people p where p.programme = programme_of(p_stream) and p.person = p_person;
  if not found or not who.is_present then
    return refused('FORBIDDEN', 'LEFT', 'This person is no longer on the roster.', 'Ask the registrar of the organisation.');
  end if;
  if d ->> 'organisation' is distinct from who.organisation or not text_array(d -> 'roles') <@ who.roles then
    raise exception 'FOREIGN_ROLE: the decision claims an organisation or roles that % does not hold', p_person using errcode = 'PA002';
  end if;
  if d ->> 'onBehalfOf' is distinct from delegation ->> 'onBehalfOf' then
    raise exception 'FOREIGN_DELEGATION: the decision claims to be for %', d ->> 'onBehalfOf' using errcode = 'PA002';
  end if;
  if asked_in_own_right(r, p_person) is null and not exists (
       select from people p where p.programme = who.programme and p.person = delegation ->> 'onBehalfOf'
         and p.is_present and p.organisation = who.organisation) then
    return refused('FORBIDDEN', 'DELEGATOR_LEFT', 'Whoever handed this on is no longer on the roster.', 'Ask the registrar of the organisation.');
  end if;
  if p_person = r.proposer and d ->> 'choice' in ('APPROVED', 'APPROVED_WITH_CONDITIONS') then
    return refused('FORBIDDEN', 'SELF_APPROVAL', 'Nobody approves what they proposed.', 'Another person has to decide.');
  end if;
  if has_answered(r, p_person) then
    return refused('CONFLICT', 'ALREADY_DECIDED', 'This person has decided in this round.', 'Withdraw that decision first if it no longer holds.');
  end if;
  return null;
end $$;

-- ----------------------------------------------------------------------------------------------------------- handing on

-- Whom a sign-off may go to: a colleague, who could fill the same place, neither proposed nor answered, and neither holds nor gave another.
create function parley.may_be_delegate(r parley.rounds, place jsonb, p_to text) returns boolean
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select p_to <> place ->> 'person' and p_to <> all (g.proposers)
       and not has_answered(r, p_to) and delegation_to(r, p_to) is null and delegation_of(r, p_to) is null
       and exists (
         select from people p, jsonb_array_elements(g.rule -> 'slots') slot
           where p.programme = programme_of(r.stream) and p.person = p_to and p.is_present and p.organisation = place ->> 'organisation'
             and place -> 'slots' ? (slot ->> 'key')
             and gate_may_fill(slot, (p.person, p.organisation, p.roles)::gate_signer))
      from gate_rounds g where g.stream = r.stream and g.checkpoint = r.checkpoint and g.round = r.round
  $$;

create function parley.delegation_refusal(link parley.links, p_stream text, d jsonb, r parley.rounds) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  asked jsonb := asked_in_own_right(r, link.person);
begin
  if p_stream <> link.stream or r.checkpoint <> link.checkpoint or r.round <> link.round or link.purpose <> 'SIGN' or link.used_at is not null then
    return refused('CONFLICT', 'LINK_USED', 'This link hands nothing on.', 'Ask for a fresh link.');
  end if;
  if r.ended_at is not null then
    return refused('STALE', 'ROUND_ENDED', 'This round has ended.', 'Open the newest link you were sent.');
  end if;
  if r.kind in ('AGREEMENT', 'OUTPUT') then
    return refused('FORBIDDEN', 'NOT_DELEGABLE', 'Nobody hands on what only they are asked.', 'Answer yourself, or decline.');
  end if;
  if asked is null or has_answered(r, link.person) or delegation_of(r, link.person) is not null or delegation_to(r, link.person) is not null then
    return refused('FORBIDDEN', 'DELEGATED_ALREADY', 'This person has nothing to hand on in this round.', 'Open the newest link you were sent.');
  end if;
  if not exists (select from people p where p.programme = link.programme and p.person = link.person and p.is_present
                   and p.organisation = asked ->> 'organisation') then
    return refused('FORBIDDEN', 'LEFT', 'This person is no longer on the roster.', 'Ask the registrar of the organisation.');
  end if;
  if d ->> 'organisation' is distinct from asked ->> 'organisation' or d -> 'slots' is distinct from asked -> 'slots'
     or coalesce((d ->> 'until')::timestamptz not between wall_clock() and r.deadline, true) then
    raise exception 'FOREIGN_DELEGATION: it claims another place than % was asked for', link.person using errcode = 'PA002';
  end if;
  if not may_be_delegate(r, asked, d ->> 'to') then
    return refused('INVALID', 'DELEGATE', 'This person cannot sign instead.', 'Choose one of the colleagues listed.');
  end if;
  return null;
end $$;

create function parley.taking_back_refusal(link parley.links, p_stream text, r parley.rounds) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  delegation jsonb := delegation_of(r, link.person);
begin
  if p_stream <> link.stream or r.checkpoint <> link.checkpoint or r.round <> link.round then
    return refused('CONFLICT', 'LINK_USED', 'This link is for something else.', 'Ask for a fresh link.');
  end if;
  if delegation is null then
    return refused('CONFLICT', 'NOTHING_DELEGATED', 'No delegation of this person stands in this round.', 'Nothing needs to be done.');
  end if;
  if has_answered(r, delegation ->> 'person') then
    return refused('CONFLICT', 'ANSWERED_FOR_YOU', 'The colleague has answered.', 'Ask them to withdraw, if it should not stand.');
  end if;
  return null;
end $$;

-- Handing on needs what deciding needs; taking it back needs a live link.
create function parley.handing_by_link(link parley.links, p_code text, p_stream text, entry jsonb, r parley.rounds, out code_id bigint, out refusal jsonb)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  d jsonb := entry -> 'data';
begin
  if entry ->> 'type' = 'DelegationTakenBack' then
    refusal := taking_back_refusal(link, p_stream, r);
  else
    refusal := delegation_refusal(link, p_stream, d, r);
    if refusal is null and (r.needs_code or always_needs_code(r.kind)) then
      select t.code_id, t.refusal into code_id, refusal from try_code(link.person, covered(r), p_code) t;
    end if;
  end if;
  if refusal is null and d ->> 'assurance' is distinct from (case when code_id is null then 'LINK' else 'LINK_CODE' end) then
    raise exception 'FOREIGN_ASSURANCE: the delegation claims %', d ->> 'assurance' using errcode = 'PA002';
  end if;
end $$;

create or replace function parley.entry_by_link(link parley.links, p_code text, p_stream text, entry jsonb, out code_id bigint, out item jsonb, out refusal jsonb)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  d jsonb := entry -> 'data';
  r rounds;
begin
  if entry #>> '{actor,person}' is distinct from link.person or d ->> 'person' is distinct from link.person then
    raise exception 'FOREIGN_PERSON: the link is not this person''s' using errcode = 'PA002';
  end if;
  if entry ->> 'stream' is distinct from p_stream then
    raise exception 'FOREIGN_STREAM: all entries of a command go to one stream' using errcode = 'PA002';
  end if;
  select * into r from rounds x where x.stream = p_stream and x.checkpoint = d ->> 'checkpoint' and x.round = (d ->> 'round')::integer;
  if not found then
    refusal := refused('NOT_FOUND', 'NO_SUCH_ROUND', 'This round does not exist.', 'Open the newest link you were sent.');
    return;
  end if;
  item := covered(r);
  if entry ->> 'type' = 'DecisionRecorded' then
    select x.code_id, x.refusal into code_id, refusal from decision_by_link(link, p_code, p_stream, d, r) x;
  elsif entry ->> 'type' = 'DecisionWithdrawn' then
    select x.code_id, x.refusal into code_id, refusal from withdrawal_by_link(link, p_code, p_stream, d, r) x;
  elsif entry ->> 'type' in ('SigningDelegated', 'DelegationTakenBack') then
    select x.code_id, x.refusal into code_id, refusal from handing_by_link(link, p_code, p_stream, entry, r) x;
  end if;
end $$;

-- What waits for a person: also what a colleague handed to them, and not what they handed on.
create or replace function parley.open_rounds(p_programme text, p_person text) returns setof parley.rounds
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select r.* from rounds r join streams s on s.id = r.stream
      where s.programme = p_programme and r.ended_at is null and r.kind <> 'OUTPUT' and r.proposer <> p_person
        and r.asked @> jsonb_build_array(jsonb_build_object('person', p_person))
        and (asked_in_own_right(r, p_person) is not null or delegation_to(r, p_person) is not null)
        and delegation_of(r, p_person) is null and not has_answered(r, p_person)
  $$;
