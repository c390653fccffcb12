-- One-time codes: asked for by the portal, minted by the courier as it sends them, tried, used.

create or replace function parley.item(p_stream text, p_checkpoint text, p_round integer) returns text
  language sql immutable set search_path = parley, pg_temp
  as $$ select p_stream || '/' || p_checkpoint || '/' || p_round $$;

-- Counts what is asked for: at most three an hour about one item.
create or replace function parley.take_ask(p_person text, p_purpose text, p_about text default '') returns boolean
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(p_person || p_purpose || p_about, 0));
  if (select count(*) from asks a where a.person = p_person and a.purpose = p_purpose and a.about = p_about
        and a.at > wall_clock() - interval '1 hour') >= 3 then
    return false;
  end if;
  insert into asks (person, purpose, about, at) values (p_person, p_purpose, p_about, wall_clock());
  return true;
end $$;

-- Portal: the first POST, by a live link that a code belongs to. Only an outbox row; the courier mints the code when it sends it.
create or replace function parley.ask_code(p_token text) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  link record;
  mail text;
begin
  select * into link from find_link(p_token) f where f.state = 'LIVE';
  mail := case link.purpose
            when 'SIGN' then 'SIGN_CODE'
            when 'COUNTERSIGN' then 'COUNTERSIGN_CODE'
            when 'ANSWER' then 'ANSWER_CODE'
            when 'DEPOSIT' then 'DEPOSIT_CODE'
            when 'DEPOSIT_FILE' then 'DEPOSIT_CODE'
          end;
  if mail is null then
    return refused('NOT_FOUND', 'LINK_DEAD', 'This link is not live.', 'Ask for a fresh link.');
  end if;
  if not take_ask(link.person, mail, item(link.stream, link.checkpoint, link.round)) then
    return refused('CONFLICT', 'TOO_MANY_CODES', 'Three codes have been sent within the hour.', 'Wait, then ask again; the newest code may still be on its way.');
  end if;
  perform order_mail(link.stream, mail, link.person, link.checkpoint, link.round);
  return jsonb_build_object('ok', true);
end $$;
grant execute on function parley.ask_code(text) to parley_portal;

-- Courier, in the sending attempt. Nobody gets a code for anything they did not ask it for.
create or replace function parley.mint_code(p_stream text, p_person text, p_items jsonb, p_salt bytea, p_hash bytea) returns text
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  until timestamptz := wall_clock() + interval '10 minutes';
  items jsonb;
begin
  select coalesce(jsonb_agg(covered(r)), '[]') into items
    from jsonb_array_elements(p_items) i
    join rounds r on r.stream = i ->> 'stream' and r.checkpoint = i ->> 'checkpoint' and r.round = (i ->> 'round')::integer
    where programme_of(r.stream) = programme_of(p_stream)
      and exists (select from asks a where a.person = p_person and a.purpose in ('SIGN_CODE', 'LISTED_CODE')
                    and a.about = item(r.stream, r.checkpoint, r.round));
  if jsonb_array_length(items) = 0 or jsonb_array_length(items) <> jsonb_array_length(p_items) then
    raise exception 'NOT_ASKED: % asked for no code here', p_person using errcode = 'PA002';
  end if;
  if octet_length(p_salt) < 16 then
    raise exception 'ENTRY_MALFORMED: a salt has at least 16 bytes' using errcode = 'PA003';
  end if;
  insert into codes (stream, person, salt, hash, items, created_at, expires)
    values (p_stream, p_person, p_salt, p_hash, items, wall_clock(), until);
  return instant(until);
end $$;
grant execute on function parley.mint_code(text, text, jsonb, bytea, bytea) to parley_courier;

-- What the three below have in common: one item, and nobody gets a code they did not ask for.
create or replace function parley.mint_item_code(p_stream text, p_person text, p_purpose text, p_about text, p_item jsonb, p_salt bytea, p_hash bytea)
  returns text
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  until timestamptz := wall_clock() + interval '10 minutes';
begin
  if octet_length(p_salt) < 16 then
    raise exception 'ENTRY_MALFORMED: a salt has at least 16 bytes' using errcode = 'PA003';
  end if;
  if not exists (select from asks a where a.person = p_person and a.purpose = p_purpose and a.about = p_about) then
    raise exception 'NOT_ASKED: % asked for no code here', p_person using errcode = 'PA002';
  end if;
  insert into codes (stream, person, salt, hash, items, created_at, expires)
    values (p_stream, p_person, p_salt, p_hash, jsonb_build_array(p_item), wall_clock(), until);
  return instant(until);
end $$;

-- Courier: the code for an answer to a request.
create or replace function parley.mint_answer_code(p_stream text, p_person text, p_request text, p_salt bytea, p_hash bytea) returns text
  language sql volatile security definer set search_path = parley, pg_temp
  as $$
    select mint_item_code(p_stream, p_person, 'ANSWER_CODE', item(p_stream, p_request, 0), covered_request(p_stream, p_request), p_salt, p_hash)
  $$;
grant execute on function parley.mint_answer_code(text, text, text, bytea, bytea) to parley_courier;

-- Courier: the code that opens the way for a file.
create or replace function parley.mint_deposit_code(p_stream text, p_person text, p_deposit text, p_salt bytea, p_hash bytea) returns text
  language sql volatile security definer set search_path = parley, pg_temp
  as $$
    select mint_item_code(p_stream, p_person, 'DEPOSIT_CODE', item(p_stream, p_deposit, 0), covered_deposit(p_stream, p_deposit), p_salt, p_hash)
  $$;
grant execute on function parley.mint_deposit_code(text, text, text, bytea, bytea) to parley_courier;

-- Courier: the code for a countersignature.
create or replace function parley.mint_countersign_code(p_stream text, p_person text, p_checkpoint text, p_round integer, p_salt bytea, p_hash bytea)
  returns text
  language sql volatile security definer set search_path = parley, pg_temp
  as $$
    select mint_item_code(p_stream, p_person, 'COUNTERSIGN_CODE', item(p_stream, p_checkpoint, p_round),
             (select covered_confirmation(r) from rounds r where r.stream = p_stream and r.checkpoint = p_checkpoint and r.round = p_round),
             p_salt, p_hash)
  $$;
grant execute on function parley.mint_countersign_code(text, text, text, integer, bytea, bytea) to parley_courier;

-- Looks for the given code among the person's live ones that cover this item. A wrong code is a try against each of them:
-- counted by returning, so that the count commits with the refusal.
create or replace function parley.try_code(p_person text, p_item jsonb, p_code text, out code_id bigint, out refusal jsonb)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  live bigint[];
begin
  select array_agg(c.id), max(c.id) filter (where c.hash = sha256(c.salt || convert_to(coalesce(p_code, ''), 'UTF8')))
    into live, code_id
    from codes c
    where c.person = p_person and c.consumed_at is null and c.tries < 5 and c.expires > wall_clock()
      and c.items @> jsonb_build_array(p_item) and not c.used @> jsonb_build_array(p_item);
  if code_id is not null then return; end if;
  if p_code is null then
    refusal := refused('FORBIDDEN', 'CODE_NEEDED', 'This decision needs the code that was mailed to you.', 'Ask for a code, and give it with the decision.');
  elsif live is null then
    refusal := refused('FORBIDDEN', 'CODE_DEAD', 'There is no code to compare with: it was used, is too old, or was tried too often.', 'Ask for a new code.');
  else
    update codes set tries = tries + 1 where id = any (live);
    refusal := refused('FORBIDDEN', 'CODE_WRONG', 'This is not the code that was mailed.', 'Look at the newest mail and try again.');
  end if;
end $$;

-- A code decides each of its items once; it is consumed with the last.
create or replace function parley.use_code(p_code bigint, p_item jsonb) returns void
  language sql volatile security definer set search_path = parley, pg_temp
  as $$
    update codes c set used = c.used || p_item,
        consumed_at = case when jsonb_array_length(c.used) + 1 >= jsonb_array_length(c.items) then wall_clock() end
      where c.id = p_code
  $$;
