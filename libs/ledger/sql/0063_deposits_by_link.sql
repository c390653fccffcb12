-- A file handed over by link and code: the mail's link reads the page, the code turns it into a second link that takes one file.

insert into parley.link_decisions values ('DepositReceived');

alter table parley.links drop constraint links_purpose_check;
alter table parley.links add constraint links_purpose_check
  check (purpose in ('SIGN', 'WITHDRAW', 'ACCESS', 'ANSWER', 'DEPOSIT', 'DEPOSIT_FILE'));

-- Which request a deposit answers; NULL where no such deposit was invited.
create function parley.deposit_request(p_stream text, p_deposit text) returns text
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select e.data ->> 'request' from events e
      where e.stream = p_stream and e.type = 'DepositInvited' and e.data ->> 'deposit' = p_deposit limit 1
  $$;

-- Whether a person hands files over for the organisation that granted this, now.
create function parley.deposits_for_holder(p_stream text, p_deposit text, p_person text) returns boolean
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select exists (
      select from requests q join people p on p.programme = programme_of(q.stream) and p.organisation = q.holder
        where q.stream = p_stream and q.request = deposit_request(p_stream, p_deposit)
          and p.person = p_person and p.is_present and 'dataCustodian' = any (p.roles))
  $$;

-- What a code for a deposit covers: this deposit, of what that request asked for.
create function parley.covered_deposit(p_stream text, p_deposit text) returns jsonb
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select jsonb_build_object('stream', p_stream, 'checkpoint', p_deposit, 'round', 0,
                              'core', request_core(p_stream, deposit_request(p_stream, p_deposit)))
  $$;

alter function parley.mint_link(bytea, text, text, text, text, integer, text) rename to mint_link_of_answer;
-- As before; and a link to a deposit's page, which names the deposit where others name a checkpoint.
create function parley.mint_link(p_hash bytea, p_stream text, p_person text, p_purpose text, p_checkpoint text, p_round integer, p_core text)
  returns text
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  until timestamptz := wall_clock() + interval '14 days';
begin
  if p_purpose = 'DEPOSIT_FILE' then
    raise exception 'NOT_ASKED: only a code opens the way for a file' using errcode = 'PA002';
  elsif p_purpose <> 'DEPOSIT' then
    return mint_link_of_answer(p_hash, p_stream, p_person, p_purpose, p_checkpoint, p_round, p_core);
  end if;
  if not deposits_for_holder(p_stream, p_checkpoint, p_person) then
    raise exception 'NOT_ASKED: % hands no file over for the holder of %', p_person, p_checkpoint using errcode = 'PA002';
  end if;
  if covered_deposit(p_stream, p_checkpoint) ->> 'core' is distinct from p_core then
    raise exception 'STALE_CONTENT: deposit % of % is not of this content', p_checkpoint, p_stream using errcode = 'PA002';
  end if;
  insert into links values (p_hash, p_stream, programme_of(p_stream), p_person, 'DEPOSIT', p_checkpoint, 0, p_core, wall_clock(), until);
  return instant(until);
end $$;
grant execute on function parley.mint_link(bytea, text, text, text, text, integer, text) to parley_courier;

-- Which mail told how the check of a deposit ended; NULL before that.
create function parley.deposit_outcome(p_stream text, p_deposit text) returns text
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select case e.type when 'DepositAccepted' then 'DEPOSIT_ACCEPTED' else 'DEPOSIT_REFUSED' end from events e
      where e.stream = p_stream and e.type in ('DepositAccepted', 'DepositRefused') and e.data ->> 'deposit' = p_deposit limit 1
  $$;

-- Portal: the code that opens the way for a file; and a fresh link, which is the newest mail about it again.
alter function parley.ask_code(text) rename to ask_code_of_answer;
create function parley.ask_code(p_token text) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  link record;
begin
  select * into link from find_link(p_token) f where f.state = 'LIVE' and f.purpose in ('DEPOSIT', 'DEPOSIT_FILE');
  if not found then return ask_code_of_answer(p_token); end if;
  if not take_ask(link.person, 'DEPOSIT_CODE', item(link.stream, link.checkpoint, 0)) then
    return refused('CONFLICT', 'TOO_MANY_CODES', 'Three codes have been sent within the hour.', 'Wait, then ask again; the newest code may still be on its way.');
  end if;
  perform order_mail(link.stream, 'DEPOSIT_CODE', link.person, link.checkpoint, 0);
  return jsonb_build_object('ok', true);
end $$;
grant execute on function parley.ask_code(text) to parley_portal;

alter function parley.ask_fresh(text) rename to ask_fresh_of_answer;
create function parley.ask_fresh(p_token text) returns void
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  link links;
begin
  select * into link from links l where l.hash = sha256(convert_to(p_token, 'UTF8'));
  if not found or link.purpose not in ('DEPOSIT', 'DEPOSIT_FILE') then
    perform ask_fresh_of_answer(p_token);
  elsif deposits_for_holder(link.stream, link.checkpoint, link.person)
      and take_ask(link.person, 'FRESH_LINK', item(link.stream, link.checkpoint, 0)) then
    perform order_mail(link.stream, coalesce(deposit_outcome(link.stream, link.checkpoint), 'DEPOSIT_INVITED'), link.person, link.checkpoint, 0);
  end if;
end $$;
grant execute on function parley.ask_fresh(text) to parley_portal;

-- Courier: the code, to whoever asked for it.
create function parley.mint_deposit_code(p_stream text, p_person text, p_deposit text, p_salt bytea, p_hash bytea) returns text
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  until timestamptz := wall_clock() + interval '10 minutes';
begin
  if octet_length(p_salt) < 16 then
    raise exception 'ENTRY_MALFORMED: a salt has at least 16 bytes' using errcode = 'PA003';
  end if;
  if not exists (select from asks a where a.person = p_person and a.purpose = 'DEPOSIT_CODE' and a.about = item(p_stream, p_deposit, 0)) then
    raise exception 'NOT_ASKED: % asked for no code here', p_person using errcode = 'PA002';
  end if;
  insert into codes (stream, person, salt, hash, items, created_at, expires)
    values (p_stream, p_person, p_salt, p_hash, jsonb_build_array(covered_deposit(p_stream, p_deposit)), wall_clock(), until);
  return instant(until);
end $$;

-- Portal: the code is given before the file is sent, since a large one takes longer than a code lives. What opens is a link of
-- its own, which no mail ever carried: whoever was forwarded the mail has only the one that reads.
create function parley.begin_deposit(p_token text, p_code text, p_hash bytea) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  link record;
  covers jsonb;
  checked record;
  until timestamptz := wall_clock() + interval '12 hours';
begin
  select * into link from find_link(p_token) f where f.state = 'LIVE' and f.purpose = 'DEPOSIT';
  if not found then
    return refused('NOT_FOUND', 'LINK_DEAD', 'This link is not live.', 'Ask for a fresh link.');
  end if;
  if not deposits_for_holder(link.stream, link.checkpoint, link.person) then
    return refused('FORBIDDEN', 'WRONG_ROLE', 'Only the holder''s own custodians hand its files over.', 'Ask the data custodian.');
  end if;
  -- Equal submissions stand in line here.
  perform from links l where l.hash = sha256(convert_to(p_token, 'UTF8')) for update;
  covers := covered_deposit(link.stream, link.checkpoint);
  select * into checked from try_code(link.person, covers, p_code);
  if checked.refusal is not null then return checked.refusal; end if;
  perform use_code(checked.code_id, covers);
  insert into links values (p_hash, link.stream, link.programme, link.person, 'DEPOSIT_FILE', link.checkpoint, 0, link.core, wall_clock(), until);
  return jsonb_build_object('ok', true, 'expires', instant(until));
end $$;

-- One file by a link that a code opened, by somebody who hands files over for the holder now.
create function parley.deposit_by_link(link parley.links, p_stream text, d jsonb) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if link.purpose <> 'DEPOSIT_FILE' or p_stream <> link.stream or d ->> 'deposit' is distinct from link.checkpoint then
    return refused('NOT_FOUND', 'LINK_DEAD', 'This link is for something else.', 'Ask for a fresh link.');
  elsif not deposits_for_holder(p_stream, link.checkpoint, link.person) then
    return refused('FORBIDDEN', 'WRONG_ROLE', 'Only the holder''s own custodians hand its files over.', 'Ask the data custodian.');
  elsif exists (select from events e where e.stream = p_stream and e.type = 'DepositReceived' and e.data ->> 'deposit' = link.checkpoint) then
    return refused('CONFLICT', 'ALREADY_RECEIVED', 'A file has been received for this deposit.', 'Wait for its check.');
  elsif d ->> 'assurance' is distinct from 'LINK_CODE' then
    raise exception 'FOREIGN_ASSURANCE: the deposit claims %', d ->> 'assurance' using errcode = 'PA002';
  end if;
  return null;
end $$;

alter function parley.entry_by_link(parley.links, text, text, jsonb) rename to entry_of_answer;
create function parley.entry_by_link(link parley.links, p_code text, p_stream text, entry jsonb, out code_id bigint, out item jsonb, out refusal jsonb)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if entry ->> 'type' <> 'DepositReceived' then
    select x.code_id, x.item, x.refusal into code_id, item, refusal from entry_of_answer(link, p_code, p_stream, entry) x;
    return;
  end if;
  if entry #>> '{actor,person}' is distinct from link.person or entry #>> '{data,person}' is distinct from link.person then
    raise exception 'FOREIGN_PERSON: the link is not this person''s' using errcode = 'PA002';
  end if;
  if entry ->> 'stream' is distinct from p_stream then
    raise exception 'FOREIGN_STREAM: all entries of a command go to one stream' using errcode = 'PA002';
  end if;
  item := covered_deposit(p_stream, link.checkpoint);
  refusal := deposit_by_link(link, p_stream, entry -> 'data');
end $$;

grant execute on function parley.mint_deposit_code(text, text, text, bytea, bytea) to parley_courier;
grant execute on function parley.begin_deposit(text, text, bytea), parley.store_deposit_key(text, text, text) to parley_portal;
