-- Decisions by link, with its code where one is needed: by record_decision and nothing else.
-- It answers {"ok": true, "entries": […]} or {"ok": false, "refusal": {…}}; forged texts raise PA002.

-- Against a link that is not for this: NULL where it is. What has no rounds has the round 0.
create or replace function parley.foreign_link(link parley.links, p_purpose text, p_stream text, p_item text, p_round integer default 0) returns jsonb
  language sql immutable set search_path = parley, pg_temp
  as $$
    select refused('NOT_FOUND', 'LINK_DEAD', 'This link is for something else.', 'Ask for a fresh link.')
      where link.purpose <> p_purpose or p_stream <> link.stream or p_item is distinct from link.checkpoint or p_round is distinct from link.round
  $$;

-- One decision by link: its own item, or one that the code lists.
create or replace function parley.decision_by_link(link parley.links, p_code text, p_stream text, d jsonb, r parley.rounds, out code_id bigint, out refusal jsonb)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  is_own boolean := p_stream = link.stream and r.checkpoint = link.checkpoint and r.round = link.round;
begin
  if r.kind = 'OUTPUT' then
    refusal := refused('FORBIDDEN', 'NEEDS_ACCOUNT', 'Results are checked with an account, never by link.', 'Sign in.');
  elsif is_own and (link.purpose <> 'SIGN' or link.used_at is not null) then
    refusal := refused('CONFLICT', 'LINK_USED', 'This link has been used; it can still withdraw.', 'Ask for a fresh link to decide anew.');
  else
    refusal := decision_refusal(p_stream, link.person, d, r);
  end if;
  if refusal is not null then return; end if;
  if not is_own or r.needs_code or always_needs_code(r.kind) or (p_code is not null and d ->> 'assurance' = 'LINK_CODE') then
    select t.code_id, t.refusal into code_id, refusal from try_code(link.person, covered(r), p_code) t;
    if refusal is not null then return; end if;
  end if;
  if d ->> 'assurance' is distinct from (case when code_id is null then 'LINK' else 'LINK_CODE' end) then
    raise exception 'FOREIGN_ASSURANCE: the decision claims %', d ->> 'assurance' using errcode = 'PA002';
  end if;
end $$;

-- One withdrawal by link: of its own item without a code, of another with one that lists it.
create or replace function parley.withdrawal_by_link(link parley.links, p_code text, p_stream text, d jsonb, r parley.rounds, out code_id bigint, out refusal jsonb)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if not (p_stream = link.stream and r.checkpoint = link.checkpoint and r.round = link.round) then
    select t.code_id, t.refusal into code_id, refusal from try_code(link.person, covered(r), p_code) t;
    if refusal is not null then return; end if;
  end if;
  refusal := withdrawal_refusal(p_stream, link.person, d);
  if refusal is not null then return; end if;
  if d ->> 'assurance' is distinct from (case when code_id is null then 'LINK' else 'LINK_CODE' end) then
    raise exception 'FOREIGN_ASSURANCE: the withdrawal claims %', d ->> 'assurance' using errcode = 'PA002';
  end if;
end $$;

-- Handing on needs what deciding needs; taking it back needs a live link.
create or replace function parley.handing_by_link(link parley.links, p_code text, p_stream text, entry jsonb, r parley.rounds, out code_id bigint, out refusal jsonb)
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

-- By a link for this very request, by somebody who answers for its holder now; the answer itself needs the code.
create or replace function parley.answer_by_link(link parley.links, p_code text, p_stream text, entry jsonb, out code_id bigint, out refusal jsonb)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  d jsonb := entry -> 'data';
  request text := coalesce(d ->> 'request', clarified(p_stream, d ->> 'clarification'));
begin
  refusal := foreign_link(link, 'ANSWER', p_stream, request);
  if refusal is null and not answers_for_holder(p_stream, request, link.person) then
    refusal := refused('FORBIDDEN', 'WRONG_ROLE', 'Only the holder''s own people answer for its data.', 'Ask the data holder.');
  end if;
  if refusal is not null then return; end if;
  if entry ->> 'type' <> 'RequestAnswered' then
    if coalesce(d ->> 'side', 'HOLDER') <> 'HOLDER' then
      raise exception 'FOREIGN_ROLE: a holder''s link speaks for the holder' using errcode = 'PA002';
    end if;
    return;
  end if;
  if exists (select from events e where e.stream = p_stream and e.type = 'RequestAnswered' and e.data ->> 'request' = request) then
    refusal := refused('CONFLICT', 'ALREADY_ANSWERED', 'This request has been answered.', 'An answer given can be withdrawn.');
    return;
  end if;
  if d ->> 'assurance' is distinct from 'LINK_CODE' then
    raise exception 'FOREIGN_ASSURANCE: the answer claims %', d ->> 'assurance' using errcode = 'PA002';
  end if;
  select t.code_id, t.refusal into code_id, refusal from try_code(link.person, covered_request(p_stream, request), p_code) t;
end $$;

-- By a link for this very request, whether or not its answer was given by it, by somebody who answers for its holder or for its risk now.
-- Closing takes no code.
create or replace function parley.grant_withdrawal_by_link(link parley.links, p_stream text, d jsonb) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  refusal jsonb := foreign_link(link, 'ANSWER', p_stream, d ->> 'request');
begin
  if refusal is not null then return refusal; end if;
  if not withdraws_for_holder(p_stream, link.checkpoint, link.person) then
    return refused('FORBIDDEN', 'WRONG_ROLE', 'Only the holder''s own people withdraw its grant.', 'Ask the data holder.');
  elsif d ->> 'assurance' is distinct from 'LINK' then
    raise exception 'FOREIGN_ASSURANCE: the withdrawal claims %', d ->> 'assurance' using errcode = 'PA002';
  end if;
  return grant_withdrawal_refusal(p_stream, d);
end $$;

-- One file by a link that a code opened, by somebody who hands files over for the holder now.
create or replace function parley.deposit_by_link(link parley.links, p_stream text, d jsonb) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  refusal jsonb := foreign_link(link, 'DEPOSIT_FILE', p_stream, d ->> 'deposit');
begin
  if refusal is not null then return refusal; end if;
  if not deposits_for_holder(p_stream, link.checkpoint, link.person) then
    return refused('FORBIDDEN', 'WRONG_ROLE', 'Only the holder''s own custodians hand its files over.', 'Ask the data custodian.');
  elsif exists (select from events e where e.stream = p_stream and e.type = 'DepositReceived' and e.data ->> 'deposit' = link.checkpoint) then
    return refused('CONFLICT', 'ALREADY_RECEIVED', 'A file has been received for this deposit.', 'Wait for its check.');
  elsif d ->> 'assurance' is distinct from 'LINK_CODE' then
    raise exception 'FOREIGN_ASSURANCE: the deposit claims %', d ->> 'assurance' using errcode = 'PA002';
  end if;
  return null;
end $$;

-- A recorded approval confirmed by a link for exactly that, always with its code.
create or replace function parley.confirmation_by_link(link parley.links, p_code text, p_stream text, d jsonb, out code_id bigint, out item jsonb, out refusal jsonb)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  r rounds;
begin
  refusal := foreign_link(link, 'COUNTERSIGN', p_stream, d ->> 'checkpoint', (d ->> 'round')::integer);
  if refusal is not null then return; end if;
  if d ->> 'assurance' is distinct from 'LINK_CODE' then
    raise exception 'FOREIGN_ASSURANCE: the countersignature claims %', d ->> 'assurance' using errcode = 'PA002';
  end if;
  select * into r from rounds x where x.stream = p_stream and x.checkpoint = link.checkpoint and x.round = link.round;
  item := covered_confirmation(r);
  refusal := countersign_refusal(link.person, p_stream, d);
  if refusal is not null then return; end if;
  select t.code_id, t.refusal into code_id, refusal from try_code(link.person, item, p_code) t;
end $$;

-- One entry of what somebody does by link: what it covers of a code, which code it uses, and what stands against it.
create or replace function parley.entry_by_link(link parley.links, p_code text, p_stream text, entry jsonb, out code_id bigint, out item jsonb, out refusal jsonb)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  d constant jsonb := entry -> 'data';
  kind constant text := entry ->> 'type';
  r rounds;
begin
  if entry #>> '{actor,person}' is distinct from link.person
     or d ->> (case kind when 'DecisionCountersigned' then 'by' else 'person' end) is distinct from link.person then
    raise exception 'FOREIGN_PERSON: the link is not this person''s' using errcode = 'PA002';
  end if;
  if entry ->> 'stream' is distinct from p_stream then
    raise exception 'FOREIGN_STREAM: all entries of a command go to one stream' using errcode = 'PA002';
  end if;
  if kind in ('RequestAnswered', 'ClarificationAsked', 'ClarificationAnswered', 'ClarificationSettled') then
    item := covered_request(p_stream, link.checkpoint);
    select x.code_id, x.refusal into code_id, refusal from answer_by_link(link, p_code, p_stream, entry) x;
    return;
  elsif kind = 'GrantWithdrawn' then
    refusal := grant_withdrawal_by_link(link, p_stream, d);
    return;
  elsif kind = 'DepositReceived' then
    item := covered_deposit(p_stream, link.checkpoint);
    refusal := deposit_by_link(link, p_stream, d);
    return;
  elsif kind = 'DecisionCountersigned' then
    select x.code_id, x.item, x.refusal into code_id, item, refusal from confirmation_by_link(link, p_code, p_stream, d) x;
    return;
  end if;
  select * into r from rounds x where x.stream = p_stream and x.checkpoint = d ->> 'checkpoint' and x.round = (d ->> 'round')::integer;
  if not found then
    refusal := refused('NOT_FOUND', 'NO_SUCH_ROUND', 'This round does not exist.', 'Open the newest link you were sent.');
    return;
  end if;
  item := covered(r);
  if kind = 'DecisionRecorded' then
    select x.code_id, x.refusal into code_id, refusal from decision_by_link(link, p_code, p_stream, d, r) x;
  elsif kind = 'DecisionWithdrawn' then
    select x.code_id, x.refusal into code_id, refusal from withdrawal_by_link(link, p_code, p_stream, d, r) x;
  elsif kind in ('SigningDelegated', 'DelegationTakenBack') then
    select x.code_id, x.refusal into code_id, refusal from handing_by_link(link, p_code, p_stream, entry, r) x;
  end if;
end $$;

create or replace function parley.record_decision(p_token text, p_code text, p_texts text[]) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  link links;
  target text := p_texts[1]::jsonb ->> 'stream';
  entry_text text;
  checked record;
  used_codes bigint[] := '{}';
  used_items jsonb[] := '{}';
  is_own boolean := false;
  answer jsonb;
begin
  select * into link from links l where l.hash = sha256(convert_to(p_token, 'UTF8'));
  if not found or link.purpose = 'ACCESS' or link.expires <= wall_clock() or link.void_at is not null then
    return refused('NOT_FOUND', 'LINK_DEAD', 'This link is not live.', 'Ask for a fresh link.');
  end if;
  if programme_of(target) is distinct from link.programme then
    raise exception 'FOREIGN_STREAM: the link is for %', link.stream using errcode = 'PA002';
  end if;
  if target like 'prj%' then perform lock_project(target); else perform lock_programme(target); end if;
  -- Again under the lock: a thousand equal submissions stand in line here.
  select * into link from links l where l.hash = link.hash for update;

  foreach entry_text in array p_texts loop
    select * into checked from entry_by_link(link, p_code, target, entry_text::jsonb);
    if checked.refusal is not null then return checked.refusal; end if;
    is_own := is_own or entry_text::jsonb ->> 'type' in ('DecisionRecorded', 'DecisionWithdrawn')
      and checked.item @> jsonb_build_object('stream', link.stream, 'checkpoint', link.checkpoint, 'round', link.round);
    if checked.code_id is not null then
      used_codes := used_codes || checked.code_id;
      used_items := used_items || checked.item;
    end if;
  end loop;

  answer := appended(target, p_texts, array(select t.type from link_decisions t), array['person']);
  perform use_code(u.code, u.item) from unnest(used_codes, used_items) u (code, item);
  -- What the code decided besides leaves the link's own item open.
  update links l set used_at = coalesce(l.used_at, wall_clock()) where l.hash = link.hash and is_own;
  return answer;
end $$;
grant execute on function parley.record_decision(text, text, text[]) to parley_portal;
