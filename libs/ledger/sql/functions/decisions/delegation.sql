-- A sign-off handed to a named colleague: what stands by the clock, and what each step must agree with.

-- By which this person signs for another; NULL where there is none.
create or replace function parley.delegation_to(r parley.rounds, p_person text) returns jsonb
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select a from jsonb_array_elements(r.asked) a
      where a ->> 'person' = p_person and a ? 'onBehalfOf' and wall_clock() < (a ->> 'until')::timestamptz limit 1
  $$;

-- By which another signs for this person, or has signed.
create or replace function parley.delegation_of(r parley.rounds, p_person text) returns jsonb
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select a from jsonb_array_elements(r.asked) a
      where a ->> 'onBehalfOf' = p_person and (wall_clock() < (a ->> 'until')::timestamptz or has_answered(r, a ->> 'person')) limit 1
  $$;

create or replace function parley.asked_in_own_right(r parley.rounds, p_person text) returns jsonb
  language sql immutable security definer set search_path = parley, pg_temp
  as $$ select a from jsonb_array_elements(r.asked) a where a ->> 'person' = p_person and not a ? 'onBehalfOf' limit 1 $$;

-- Whom a sign-off may go to: a colleague, who could fill the same place, neither proposed nor answered, and neither holds nor gave another.
create or replace function parley.may_be_delegate(r parley.rounds, place jsonb, p_to text) returns boolean
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

create or replace function parley.delegation_refusal(link parley.links, p_stream text, d jsonb, r parley.rounds) returns jsonb
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

-- Who hears when somebody does not answer: by any link of theirs, a colleague of their own organisation, or nobody any more.
create or replace function parley.deputy_refusal(link parley.links, p_stream text, d jsonb) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  own people := person_present(p_stream, link.person);
begin
  if p_stream <> link.programme then
    raise exception 'FOREIGN_STREAM: a deputy is named in the programme' using errcode = 'PA002';
  elsif d ->> 'assurance' is distinct from 'LINK' then
    raise exception 'FOREIGN_ASSURANCE: the naming claims %', d ->> 'assurance' using errcode = 'PA002';
  elsif own.person is null then
    return not_on_roster();
  elsif d ->> 'deputy' is not null and (d ->> 'deputy' = link.person
        or (person_present(p_stream, d ->> 'deputy')).organisation is distinct from own.organisation) then
    return refused('INVALID', 'DEPUTY', 'This person cannot be named.', 'Choose one of the colleagues listed.');
  end if;
  return null;
end $$;

create or replace function parley.taking_back_refusal(link parley.links, p_stream text, r parley.rounds) returns jsonb
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
