-- Tokens made from a token: never with more scopes, never for longer, so that programs get no more than they need.

create function parley.narrow_account(p_secret text, p_hash bytea, p_scopes text[], p_days integer) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  c credentials;
  until timestamptz := wall_clock() + make_interval(days => p_days);
begin
  select * into c from credentials x where x.hash = sha256(convert_to(p_secret, 'UTF8'))
    and x.expires > wall_clock() and x.revoked_at is null;
  if not found then
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

revoke all on function parley.narrow_account(text, bytea, text[], integer) from public;
grant execute on function parley.narrow_account(text, bytea, text[], integer) to parley_api;
