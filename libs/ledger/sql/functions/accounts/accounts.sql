-- Accounts: tokens, whose they are, and tokens made from tokens.

-- Portal: an ACCESS link becomes a token, once.
create or replace function parley.claim_access(p_token text, p_secret_hash bytea, p_days integer) returns jsonb
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
grant execute on function parley.claim_access(text, bytea, integer) to parley_portal;

-- The credential behind a token that is neither expired nor revoked; NULL for any other.
create or replace function parley.live_credential(p_secret text) returns parley.credentials
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select c from credentials c
      where c.hash = sha256(convert_to(p_secret, 'UTF8')) and c.expires > wall_clock() and c.revoked_at is null
  $$;

-- API: whose token this is. Dead ones give no row.
create or replace function parley.find_account(p_secret text)
  returns table (person text, administrator text, programme text, scopes text[], expires text)
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select c.person, c.administrator, c.programme, c.scopes, instant(c.expires)
      from live_credential(p_secret) c where c.hash is not null
  $$;
grant execute on function parley.find_account(text) to parley_api;

-- API: a person's own token, or nothing.
create or replace function parley.revoke_account(p_secret text) returns void
  language sql volatile security definer set search_path = parley, pg_temp
  as $$ update credentials c set revoked_at = wall_clock()
          where c.hash = sha256(convert_to(p_secret, 'UTF8')) and c.revoked_at is null $$;
grant execute on function parley.revoke_account(text) to parley_api;

-- Owner only (`parley init`).
create or replace function parley.create_administrator(p_id text, p_email text, p_secret_hash bytea, p_days integer) returns text
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

-- API: a token made from a token, never with more scopes, never for longer, so that programs get no more than they need.
create or replace function parley.narrow_account(p_secret text, p_hash bytea, p_scopes text[], p_days integer) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  c credentials;
  until timestamptz := wall_clock() + make_interval(days => p_days);
begin
  c := live_credential(p_secret);
  if c.hash is null then
    return refused('FORBIDDEN', 'NO_ACCOUNT', 'This token is unknown, expired or revoked.', 'Ask for a new one.');
  end if;
  if p_scopes = '{}' or not p_scopes <@ array['read', 'write'] or not ('*' = any (c.scopes) or p_scopes <@ c.scopes) then
    return refused('FORBIDDEN', 'SCOPES', 'A token gives only scopes that it has itself.', 'Ask for "read" or "write", as far as this token has them.');
  end if;
  if p_days not between 1 and 365 or until > c.expires then
    return refused('INVALID', 'DAYS', 'A token made from a token does not outlive it.', 'Choose fewer days.');
  end if;
  insert into credentials values (p_hash, c.programme, c.person, c.administrator, p_scopes, wall_clock(), until, null);
  return jsonb_build_object('ok', true, 'expires', instant(until));
end $$;
grant execute on function parley.narrow_account(text, bytea, text[], integer) to parley_api;
