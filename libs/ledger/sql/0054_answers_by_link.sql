-- A holder's answer to a data request by link and code, and the questions and answers before it.

insert into parley.link_decisions values
  ('RequestAnswered'), ('ClarificationAsked'), ('ClarificationAnswered'), ('ClarificationSettled');

alter table parley.links drop constraint links_purpose_check;
alter table parley.links add constraint links_purpose_check check (purpose in ('SIGN', 'WITHDRAW', 'ACCESS', 'ANSWER'));

-- The content a request asks about; NULL where there is no such request.
create function parley.request_core(p_stream text, p_request text) returns text
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select e.data #>> '{content,core}' from events e
      where e.stream = p_stream and e.type = 'RequestSent' and e.data ->> 'request' = p_request limit 1
  $$;

-- Whether a person answers requests for the organisation that this one was sent to, now.
create function parley.answers_for_holder(p_stream text, p_request text, p_person text) returns boolean
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select exists (
      select from requests q join people p on p.programme = programme_of(q.stream) and p.organisation = q.holder
        where q.stream = p_stream and q.request = p_request and p.person = p_person and p.is_present and 'dataHolder' = any (p.roles))
  $$;

alter function parley.mint_link(bytea, text, text, text, text, integer, text) rename to mint_link_of_round;

-- As before; and a link for the answer to a request, which names the request where others name a checkpoint.
create function parley.mint_link(p_hash bytea, p_stream text, p_person text, p_purpose text, p_checkpoint text, p_round integer, p_core text)
  returns text
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  until timestamptz := wall_clock() + interval '14 days';
begin
  if p_purpose <> 'ANSWER' then
    return mint_link_of_round(p_hash, p_stream, p_person, p_purpose, p_checkpoint, p_round, p_core);
  end if;
  if request_core(p_stream, p_checkpoint) is distinct from p_core then
    raise exception 'STALE_CONTENT: request % of % does not ask about this content', p_checkpoint, p_stream using errcode = 'PA002';
  end if;
  if not answers_for_holder(p_stream, p_checkpoint, p_person) then
    raise exception 'NOT_ASKED: % does not answer for the holder of %', p_person, p_checkpoint using errcode = 'PA002';
  end if;
  insert into links values (p_hash, p_stream, programme_of(p_stream), p_person, 'ANSWER', p_checkpoint, 0, p_core, wall_clock(), until);
  return instant(until);
end $$;
grant execute on function parley.mint_link(bytea, text, text, text, text, integer, text) to parley_courier;

create function parley.covered_request(p_stream text, p_request text) returns jsonb
  language sql stable security definer set search_path = parley, pg_temp
  as $$ select jsonb_build_object('stream', p_stream, 'checkpoint', p_request, 'round', 0, 'core', request_core(p_stream, p_request)) $$;

-- Portal: the code for an answer, as for a sign-off; and a fresh link, which is the request's mail again.
alter function parley.ask_code(text) rename to ask_code_of_round;
create function parley.ask_code(p_token text) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  link record;
begin
  select * into link from find_link(p_token) f where f.state = 'LIVE' and f.purpose = 'ANSWER';
  if not found then return ask_code_of_round(p_token); end if;
  if not take_ask(link.person, 'ANSWER_CODE', item(link.stream, link.checkpoint, 0)) then
    return refused('CONFLICT', 'TOO_MANY_CODES', 'Three codes have been sent within the hour.', 'Wait, then ask again; the newest code may still be on its way.');
  end if;
  perform order_mail(link.stream, 'ANSWER_CODE', link.person, link.checkpoint, 0);
  return jsonb_build_object('ok', true);
end $$;
grant execute on function parley.ask_code(text) to parley_portal;

alter function parley.ask_fresh(text) rename to ask_fresh_of_round;
create function parley.ask_fresh(p_token text) returns void
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  link links;
begin
  select * into link from links l where l.hash = sha256(convert_to(p_token, 'UTF8'));
  if found and link.purpose = 'ANSWER' then
    if answers_for_holder(link.stream, link.checkpoint, link.person) and take_ask(link.person, 'FRESH_LINK', item(link.stream, link.checkpoint, 0)) then
      perform order_mail(link.stream, 'DATA_REQUEST', link.person, link.checkpoint, 0);
    end if;
  else
    perform ask_fresh_of_round(p_token);
  end if;
end $$;
grant execute on function parley.ask_fresh(text) to parley_portal;

-- Courier: the code for an answer to a request.
create function parley.mint_answer_code(p_stream text, p_person text, p_request text, p_salt bytea, p_hash bytea) returns text
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  until timestamptz := wall_clock() + interval '10 minutes';
begin
  if octet_length(p_salt) < 16 then
    raise exception 'ENTRY_MALFORMED: a salt has at least 16 bytes' using errcode = 'PA003';
  end if;
  if not exists (select from asks a where a.person = p_person and a.purpose = 'ANSWER_CODE' and a.about = item(p_stream, p_request, 0)) then
    raise exception 'NOT_ASKED: % asked for no code here', p_person using errcode = 'PA002';
  end if;
  insert into codes (stream, person, salt, hash, items, created_at, expires)
    values (p_stream, p_person, p_salt, p_hash, jsonb_build_array(covered_request(p_stream, p_request)), wall_clock(), until);
  return instant(until);
end $$;
grant execute on function parley.mint_answer_code(text, text, text, bytea, bytea) to parley_courier;

-- Which request a clarification is about.
create function parley.clarified(p_stream text, p_clarification text) returns text
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select e.data ->> 'request' from events e
      where e.stream = p_stream and e.type = 'ClarificationAsked' and e.data ->> 'clarification' = p_clarification limit 1
  $$;

-- By a link for this very request, by somebody who answers for its holder now; the answer itself needs the code.
create function parley.answer_by_link(link parley.links, p_code text, p_stream text, entry jsonb, out code_id bigint, out refusal jsonb)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  d jsonb := entry -> 'data';
  request text := coalesce(d ->> 'request', clarified(p_stream, d ->> 'clarification'));
begin
  if link.purpose <> 'ANSWER' or p_stream <> link.stream or request is distinct from link.checkpoint then
    refusal := refused('NOT_FOUND', 'LINK_DEAD', 'This link is for something else.', 'Ask for a fresh link.');
  elsif not answers_for_holder(p_stream, request, link.person) then
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

alter function parley.entry_by_link(parley.links, text, text, jsonb) rename to entry_of_round;
create function parley.entry_by_link(link parley.links, p_code text, p_stream text, entry jsonb, out code_id bigint, out item jsonb, out refusal jsonb)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  d jsonb := entry -> 'data';
begin
  if entry ->> 'type' not in ('RequestAnswered', 'ClarificationAsked', 'ClarificationAnswered', 'ClarificationSettled') then
    select x.code_id, x.item, x.refusal into code_id, item, refusal from entry_of_round(link, p_code, p_stream, entry) x;
    return;
  end if;
  if entry #>> '{actor,person}' is distinct from link.person or d ->> 'person' is distinct from link.person then
    raise exception 'FOREIGN_PERSON: the link is not this person''s' using errcode = 'PA002';
  end if;
  if entry ->> 'stream' is distinct from p_stream then
    raise exception 'FOREIGN_STREAM: all entries of a command go to one stream' using errcode = 'PA002';
  end if;
  item := covered_request(p_stream, link.checkpoint);
  select x.code_id, x.refusal into code_id, refusal from answer_by_link(link, p_code, p_stream, entry) x;
end $$;
