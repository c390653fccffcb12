-- T15: a recorded approval is confirmed by link and code, by a colleague of the signer who has no account.

insert into parley.link_decisions values ('DecisionCountersigned');

alter table parley.links drop constraint links_purpose_check;
alter table parley.links add constraint links_purpose_check
  check (purpose in ('SIGN', 'WITHDRAW', 'ACCESS', 'ANSWER', 'DEPOSIT', 'DEPOSIT_FILE', 'COUNTERSIGN'));

-- Whether somebody's recorded approval in this round awaits this person.
create function parley.may_countersign(p_stream text, p_checkpoint text, p_round integer, p_person text) returns boolean
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select exists (
      select from gate_pending g
        where g.stream = p_stream and g.checkpoint = p_checkpoint and g.round = p_round
          and countersign_refusal(p_person, p_stream, jsonb_build_object('checkpoint', g.checkpoint, 'round', g.round, 'person', g.person,
                'organisation', g.organisation, 'roles', '[]'::jsonb)) is null)
  $$;

-- What a code for a countersignature covers: it decides nothing in the round itself, nor does a code for that confirm anything.
create function parley.covered_confirmation(r parley.rounds) returns jsonb
  language sql immutable set search_path = parley, pg_temp
  as $$ select jsonb_build_object('stream', r.stream, 'confirms', r.checkpoint, 'round', r.round, 'core', r.core) $$;

alter function parley.mint_link(bytea, text, text, text, text, integer, text) rename to mint_link_of_deposit;
create function parley.mint_link(p_hash bytea, p_stream text, p_person text, p_purpose text, p_checkpoint text, p_round integer, p_core text)
  returns text
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if p_purpose = 'COUNTERSIGN' and not may_countersign(p_stream, p_checkpoint, p_round, p_person) then
    raise exception 'NOT_ASKED: nothing recorded in % awaits %', p_checkpoint, p_person using errcode = 'PA002';
  end if;
  return mint_link_of_deposit(p_hash, p_stream, p_person, p_purpose, p_checkpoint, p_round, p_core);
end $$;
grant execute on function parley.mint_link(bytea, text, text, text, text, integer, text) to parley_courier;

alter function parley.ask_code(text) rename to ask_code_of_deposit;
create function parley.ask_code(p_token text) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  link record;
begin
  select * into link from find_link(p_token) f where f.state = 'LIVE' and f.purpose = 'COUNTERSIGN';
  if not found then return ask_code_of_deposit(p_token); end if;
  if not take_ask(link.person, 'COUNTERSIGN_CODE', item(link.stream, link.checkpoint, link.round)) then
    return refused('CONFLICT', 'TOO_MANY_CODES', 'Three codes have been sent within the hour.', 'Wait, then ask again; the newest code may still be on its way.');
  end if;
  perform order_mail(link.stream, 'COUNTERSIGN_CODE', link.person, link.checkpoint, link.round);
  return jsonb_build_object('ok', true);
end $$;
grant execute on function parley.ask_code(text) to parley_portal;

alter function parley.ask_fresh(text) rename to ask_fresh_of_deposit;
create function parley.ask_fresh(p_token text) returns void
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  link links;
begin
  select * into link from links l where l.hash = sha256(convert_to(p_token, 'UTF8'));
  if not found or link.purpose <> 'COUNTERSIGN' then
    perform ask_fresh_of_deposit(p_token);
  elsif may_countersign(link.stream, link.checkpoint, link.round, link.person)
      and take_ask(link.person, 'FRESH_LINK', item(link.stream, link.checkpoint, link.round)) then
    perform order_mail(link.stream, 'COUNTERSIGN_ASKED', link.person, link.checkpoint, link.round);
  end if;
end $$;
grant execute on function parley.ask_fresh(text) to parley_portal;

-- Courier: the code, to whoever asked for it.
create function parley.mint_countersign_code(p_stream text, p_person text, p_checkpoint text, p_round integer, p_salt bytea, p_hash bytea)
  returns text
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  until timestamptz := wall_clock() + interval '10 minutes';
  r rounds;
begin
  if octet_length(p_salt) < 16 then
    raise exception 'ENTRY_MALFORMED: a salt has at least 16 bytes' using errcode = 'PA003';
  end if;
  if not exists (select from asks a where a.person = p_person and a.purpose = 'COUNTERSIGN_CODE' and a.about = item(p_stream, p_checkpoint, p_round)) then
    raise exception 'NOT_ASKED: % asked for no code here', p_person using errcode = 'PA002';
  end if;
  select * into r from rounds x where x.stream = p_stream and x.checkpoint = p_checkpoint and x.round = p_round;
  insert into codes (stream, person, salt, hash, items, created_at, expires)
    values (p_stream, p_person, p_salt, p_hash, jsonb_build_array(covered_confirmation(r)), wall_clock(), until);
  return instant(until);
end $$;
grant execute on function parley.mint_countersign_code(text, text, text, integer, bytea, bytea) to parley_courier;

alter function parley.entry_by_link(parley.links, text, text, jsonb) rename to entry_of_deposit;
create function parley.entry_by_link(link parley.links, p_code text, p_stream text, entry jsonb, out code_id bigint, out item jsonb, out refusal jsonb)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  d jsonb := entry -> 'data';
  r rounds;
begin
  if entry ->> 'type' <> 'DecisionCountersigned' then
    select x.code_id, x.item, x.refusal into code_id, item, refusal from entry_of_deposit(link, p_code, p_stream, entry) x;
    return;
  end if;
  if entry #>> '{actor,person}' is distinct from link.person or d ->> 'by' is distinct from link.person then
    raise exception 'FOREIGN_PERSON: the link is not this person''s' using errcode = 'PA002';
  end if;
  if entry ->> 'stream' is distinct from p_stream then
    raise exception 'FOREIGN_STREAM: all entries of a command go to one stream' using errcode = 'PA002';
  end if;
  if link.purpose <> 'COUNTERSIGN' or p_stream <> link.stream or d ->> 'checkpoint' is distinct from link.checkpoint
     or (d ->> 'round')::integer is distinct from link.round then
    refusal := refused('NOT_FOUND', 'LINK_DEAD', 'This link is for something else.', 'Ask for a fresh link.');
    return;
  end if;
  if d ->> 'assurance' is distinct from 'LINK_CODE' then
    raise exception 'FOREIGN_ASSURANCE: the countersignature claims %', d ->> 'assurance' using errcode = 'PA002';
  end if;
  select * into r from rounds x where x.stream = p_stream and x.checkpoint = link.checkpoint and x.round = link.round;
  item := covered_confirmation(r);
  refusal := countersign_refusal(link.person, p_stream, d);
  if refusal is not null then return; end if;
  select t.code_id, t.refusal into code_id, refusal from try_code(link.person, item, p_code) t;
end $$;
