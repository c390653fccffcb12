-- What a decision, and taking one back, must agree with, however it is given. NULL: nothing stands against it.

-- Kinds whose decisions always need the mailed code, whatever a round says.
create or replace function parley.always_needs_code(kind text) returns boolean
  language sql immutable set search_path = parley, pg_temp
  as $$ select kind in ('AGREEMENT', 'LEGAL', 'ETHICAL', 'TRUST', 'BENEFIT') $$;

create or replace function parley.covered(r parley.rounds) returns jsonb
  language sql immutable set search_path = parley, pg_temp
  as $$ select jsonb_build_object('stream', r.stream, 'checkpoint', r.checkpoint, 'round', r.round, 'core', r.core) $$;

create or replace function parley.has_answered(r parley.rounds, p_person text) returns boolean
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select exists (select from decisions x where x.stream = r.stream and x.checkpoint = r.checkpoint and x.round = r.round
                     and x.person = p_person and x.withdrawn_at is null)
  $$;

-- Somebody on the roster of the stream's programme, as they are now; nobody where they never came or have left.
create or replace function parley.person_present(p_stream text, p_person text) returns parley.people
  language sql stable security definer set search_path = parley, pg_temp
  as $$ select p from people p where p.programme = programme_of(p_stream) and p.person = p_person and p.is_present $$;

create or replace function parley.not_on_roster() returns jsonb
  language sql immutable set search_path = parley, pg_temp
  as $$ select refused('FORBIDDEN', 'LEFT', 'This person is not on the roster of this programme.', 'Ask the registrar of the organisation.') $$;

-- Who handed it on does not answer too, and a delegate names whom they sign for, who is still there.
create or replace function parley.decision_refusal(p_stream text, p_person text, d jsonb, r parley.rounds) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  who people;
  own jsonb;
  delegation jsonb;
  -- Nearly no round is handed on, and each function asked about it costs as much as the rest.
  is_handed_on boolean := jsonb_path_exists(r.asked, '$[*].onBehalfOf');
begin
  if is_handed_on then
    own := asked_in_own_right(r, p_person);
    delegation := delegation_to(r, p_person);
  else
    select a into own from jsonb_array_elements(r.asked) a where a ->> 'person' = p_person limit 1;
  end if;
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
  if own is null and delegation is null then
    return refused('FORBIDDEN', 'NOT_ASKED', 'This person is not asked in this round.', 'Only the people asked can answer.');
  end if;
  if is_handed_on and delegation_of(r, p_person) is not null then
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
  if own is null and not exists (
       select from people p where p.programme = who.programme and p.person = delegation ->> 'onBehalfOf'
         and p.is_present and p.organisation = who.organisation) then
    return refused('FORBIDDEN', 'DELEGATOR_LEFT', 'Whoever handed this on is no longer on the roster.', 'Ask the registrar of the organisation.');
  end if;
  if p_person = r.proposer and d ->> 'choice' in ('APPROVED', 'APPROVED_WITH_CONDITIONS') then
    return refused('FORBIDDEN', 'SELF_APPROVAL', 'Nobody approves what they proposed.', 'Another person has to decide.');
  end if;
  if exists (select from decisions x where x.stream = r.stream and x.checkpoint = r.checkpoint and x.round = r.round
               and x.person = p_person and x.withdrawn_at is null) then
    return refused('CONFLICT', 'ALREADY_DECIDED', 'This person has decided in this round.', 'Withdraw that decision first if it no longer holds.');
  end if;
  return null;
end $$;

create or replace function parley.withdrawal_refusal(p_stream text, p_person text, d jsonb) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if not exists (select from decisions x where x.stream = p_stream and x.checkpoint = d ->> 'checkpoint'
                   and x.round = (d ->> 'round')::integer and x.person = p_person and x.withdrawn_at is null) then
    return refused('CONFLICT', 'NOTHING_TO_WITHDRAW', 'No decision of this person stands in this round.', 'Nothing needs to be done.');
  end if;
  return null;
end $$;
