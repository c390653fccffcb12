-- Links, one-time codes, accounts, contacts: tables that no process role can read, and the few functions that touch them.

-- ------------------------------------------------------------------------------------------------------- links

-- Courier, in the sending attempt: the hash is stored before the mail goes out.
create function parley.mint_link(p_hash bytea, p_stream text, p_person text, p_purpose text, p_checkpoint text, p_round integer, p_core text)
  returns text
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  until timestamptz := wall_clock() + interval '14 days';
  owner text := programme_of(p_stream);
  r rounds;
begin
  if not exists (select from people p where p.programme = owner and p.person = p_person and p.is_present) then
    raise exception 'NO_SUCH_PERSON: % is not on the roster of %', p_person, owner using errcode = 'PA002';
  end if;
  if p_purpose <> 'ACCESS' then
    select * into r from rounds x where x.stream = p_stream and x.checkpoint = p_checkpoint and x.round = p_round;
    if not found or r.core is distinct from p_core then
      raise exception 'STALE_CONTENT: % round % of % does not ask about this content', p_checkpoint, p_round, p_stream using errcode = 'PA002';
    end if;
    if p_purpose = 'SIGN' and (r.ended_at is not null or not exists (select from jsonb_array_elements(r.asked) a where a ->> 'person' = p_person)) then
      raise exception 'NOT_ASKED: % is not asked in % round %', p_person, p_checkpoint, p_round using errcode = 'PA002';
    end if;
  end if;
  insert into links values (p_hash, p_stream, owner, p_person, p_purpose, p_checkpoint, p_round, p_core, wall_clock(), until);
  return instant(until);
end $$;

-- Portal: what a token stands for. Unknown and expired tokens give no row. `state`: LIVE, USED (may still withdraw) or VOID.
create function parley.find_link(p_token text)
  returns table (stream text, programme text, person text, purpose text, checkpoint text, round integer, core text, expires text, state text)
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select l.stream, l.programme, l.person, l.purpose, l.checkpoint, l.round, l.core, instant(l.expires),
           case when l.void_at is not null then 'VOID'
                when l.used_at is not null then 'USED'
                when l.purpose = 'SIGN' and (r.ended_at is not null or r.core is distinct from l.core) then 'VOID'
                else 'LIVE' end
      from links l left join rounds r on r.stream = l.stream and r.checkpoint = l.checkpoint and r.round = l.round
      where l.hash = sha256(convert_to(p_token, 'UTF8')) and l.expires > wall_clock()
  $$;

-- Counts what is asked for: at most three an hour about one item.
create function parley.take_ask(p_person text, p_purpose text, p_about text default '') returns boolean
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

create function parley.item(p_stream text, p_checkpoint text, p_round integer) returns text
  language sql immutable set search_path = parley, pg_temp
  as $$ select p_stream || '/' || p_checkpoint || '/' || p_round $$;

create function parley.order_mail(p_stream text, p_purpose text, p_person text, p_about text, p_round integer) returns void
  language sql volatile security definer set search_path = parley, pg_temp
  as $$
    insert into outbox (key, kind, stream, version, mail)
    select format('ask/%s/%s/%s/%s/%s/%s', p_stream, p_purpose, p_person, p_about, p_round, n), 'mail', p_stream, s.version,
           jsonb_build_object('purpose', p_purpose, 'person', p_person, 'about', p_about, 'round', p_round, 'count', n)
      from streams s, (select count(*) as n from asks a where a.person = p_person and a.purpose = p_purpose) counted
      where s.id = p_stream
  $$;

-- Portal: a fresh link to the address on record, whatever state the old one is in. Says nothing about whether it existed.
create function parley.ask_fresh(p_token text) returns void
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  link links;
begin
  select * into link from links l where l.hash = sha256(convert_to(p_token, 'UTF8'));
  if found and take_ask(link.person, 'FRESH_LINK', item(link.stream, link.checkpoint, link.round)) then
    perform order_mail(link.stream, case link.purpose when 'ACCESS' then 'ACCESS' else 'FRESH_LINK' end, link.person, link.checkpoint, link.round);
  end if;
end $$;

-- Portal: the first POST. Only an outbox row; the courier mints the code when it sends it.
create function parley.ask_code(p_token text) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  link record;
begin
  select * into link from find_link(p_token) f where f.state = 'LIVE' and f.purpose = 'SIGN';
  if not found then
    return refused('NOT_FOUND', 'LINK_DEAD', 'This link is not live.', 'Ask for a fresh link.');
  end if;
  if not take_ask(link.person, 'SIGN_CODE', item(link.stream, link.checkpoint, link.round)) then
    return refused('CONFLICT', 'TOO_MANY_CODES', 'Three codes have been sent within the hour.', 'Wait, then ask again; the newest code may still be on its way.');
  end if;
  perform order_mail(link.stream, 'SIGN_CODE', link.person, link.checkpoint, link.round);
  return jsonb_build_object('ok', true);
end $$;

-- Courier, in the sending attempt. Nobody gets a code they did not ask for.
create function parley.mint_code(p_stream text, p_person text, p_items jsonb, p_salt bytea, p_hash bytea) returns text
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  until timestamptz := wall_clock() + interval '10 minutes';
begin
  if not exists (select from jsonb_array_elements(p_items) i join asks a on a.person = p_person and a.purpose = 'SIGN_CODE'
                   and a.about = item(p_stream, i ->> 'checkpoint', (i ->> 'round')::integer)) then
    raise exception 'NOT_ASKED: % asked for no code here', p_person using errcode = 'PA002';
  end if;
  if octet_length(p_salt) < 16 then
    raise exception 'ENTRY_MALFORMED: a salt has at least 16 bytes' using errcode = 'PA003';
  end if;
  insert into codes (stream, person, salt, hash, items, created_at, expires)
    values (p_stream, p_person, p_salt, p_hash, p_items, wall_clock(), until);
  return instant(until);
end $$;

-- ---------------------------------------------------------------------------------------------------- accounts

-- Portal: an ACCESS link becomes a token, once.
create function parley.claim_access(p_token text, p_secret_hash bytea, p_days integer) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  link links;
begin
  select * into link from links l where l.hash = sha256(convert_to(p_token, 'UTF8')) for update;
  if not found or link.purpose <> 'ACCESS' or link.used_at is not null or link.void_at is not null or link.expires <= wall_clock() then
    return refused('NOT_FOUND', 'LINK_DEAD', 'This link is not live.', 'Ask for a fresh link.');
  end if;
  if p_days not between 1 and 365 then
    return refused('INVALID', 'DAYS', 'A token lasts from 1 to 365 days.', 'Choose a number of days in that range.');
  end if;
  update links l set used_at = wall_clock() where l.hash = link.hash;
  insert into credentials values (p_secret_hash, link.programme, link.person, null, array['*'], wall_clock(), wall_clock() + make_interval(days => p_days), null);
  return jsonb_build_object('ok', true);
end $$;

-- API: whose token this is. Dead ones give no row.
create function parley.find_account(p_secret text)
  returns table (person text, administrator text, programme text, scopes text[], expires text)
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select c.person, c.administrator, c.programme, c.scopes, instant(c.expires)
      from credentials c where c.hash = sha256(convert_to(p_secret, 'UTF8')) and c.expires > wall_clock() and c.revoked_at is null
  $$;

-- API: a person's own token, or nothing.
create function parley.revoke_account(p_secret text) returns void
  language sql volatile security definer set search_path = parley, pg_temp
  as $$ update credentials c set revoked_at = wall_clock()
          where c.hash = sha256(convert_to(p_secret, 'UTF8')) and c.revoked_at is null $$;

-- Owner only (`parley init`).
create function parley.create_administrator(p_id text, p_email text, p_secret_hash bytea, p_days integer) returns text
  language plpgsql set search_path = parley, pg_temp
  as $$
declare
  administrator text;
begin
  insert into administrators values (p_id, lower(p_email), wall_clock()) on conflict (email) do nothing;
  select a.id into administrator from administrators a where a.email = lower(p_email);
  insert into credentials values (p_secret_hash, null, null, administrator, array['*'], wall_clock(), wall_clock() + make_interval(days => p_days), null);
  return administrator;
end $$;

-- ---------------------------------------------------------------------------------------------------- contacts

-- The address behind a commitment that an attestation in the ledger carries; refused for any other text.
create function parley.store_address(p_programme text, p_person text, p_commitment text, p_salt text, p_address text) returns void
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  entry events;
begin
  if p_commitment is distinct from encode(sha256(convert_to(p_salt, 'UTF8') || '\x00'::bytea || convert_to(p_address, 'UTF8')), 'hex') then
    raise exception 'ENTRY_MALFORMED: the address does not open its commitment' using errcode = 'PA003';
  end if;
  select * into entry from events e where e.stream = p_programme and e.type in ('PersonAttested', 'AddressChanged')
    and e.data ->> 'person' = p_person and e.data ->> 'address' = p_commitment order by e.version desc limit 1;
  if not found then
    raise exception 'NOT_ATTESTED: no registrar attested this address for %', p_person using errcode = 'PA002';
  end if;
  if exists (select from contacts c where c.programme = p_programme and lower(c.address) = lower(p_address) and c.person <> p_person) then
    raise exception 'ADDRESS_TAKEN: another person of this programme has this address' using errcode = 'PA004';
  end if;
  insert into contacts values (p_programme, p_person, p_commitment, p_address,
      coalesce((entry.data ->> 'effectiveAt')::timestamptz, entry.at), entry.at)
    on conflict do nothing;
end $$;

-- Courier only: where mail for this person goes now.
create function parley.address_of(p_person text) returns text
  language sql stable security definer set search_path = parley, pg_temp
  as $$ select c.address from contacts c where c.person = p_person and c.effective_at <= wall_clock()
          order by c.effective_at desc, c.recorded_at desc limit 1 $$;

create function parley.name_of(p_person text) returns text
  language sql stable security definer set search_path = parley, pg_temp
  as $$ select o.text from people p join openings o on o.commitment = p.name where p.person = p_person limit 1 $$;

create function parley.organisation_name(p_organisation text) returns text
  language sql stable security definer set search_path = parley, pg_temp
  as $$ select o.text from organisations x join openings o on o.commitment = x.name where x.organisation = p_organisation $$;

-- ------------------------------------------------------------------------------------------- keys of the vault

-- API: the wrapped file key, in the transaction that records the deposit.
create function parley.store_deposit_key(p_stream text, p_deposit text, p_wrapped text) returns void
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if not exists (select from events e where e.stream = p_stream and e.type = 'DepositReceived' and e.data ->> 'deposit' = p_deposit
                   and e.version = (select s.version from streams s where s.id = p_stream)) then
    raise exception 'NOT_RECEIVED: % was not received just now', p_deposit using errcode = 'PA002';
  end if;
  insert into deposit_keys values (p_stream, p_deposit, p_wrapped, null);
end $$;

-- Worker: the database's half of a release's key, in the transaction that records the sealing. Write only.
create function parley.store_key_part(p_stream text, p_release text, p_part bytea) returns void
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if octet_length(p_part) <> 32 then
    raise exception 'ENTRY_MALFORMED: half a key has 32 bytes' using errcode = 'PA003';
  end if;
  if not exists (select from events e where e.stream = p_stream and e.type = 'ReleaseSealed' and e.data ->> 'release' = p_release) then
    raise exception 'NOT_SEALED: % is not sealed', p_release using errcode = 'PA002';
  end if;
  insert into release_key_parts values (p_stream, p_release, p_part, null);
end $$;

-- Worker: destroying only ever closes.
create function parley.destroy_release_key(p_stream text, p_release text) returns void
  language sql volatile security definer set search_path = parley, pg_temp
  as $$ update release_key_parts k set part = null, destroyed_at = coalesce(k.destroyed_at, wall_clock())
          where k.stream = p_stream and k.release = p_release $$;

create function parley.destroy_deposit_key(p_stream text, p_deposit text) returns void
  language sql volatile security definer set search_path = parley, pg_temp
  as $$ update deposit_keys k set wrapped = null, destroyed_at = coalesce(k.destroyed_at, wall_clock())
          where k.stream = p_stream and k.deposit = p_deposit $$;
