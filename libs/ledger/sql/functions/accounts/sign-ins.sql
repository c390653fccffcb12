-- Sessions of the pages: an address that an identity provider has verified becomes the credential of one person.
-- Addresses stay unread: the API learns only whose address it was shown, never which addresses there are.

-- The people whose present address this is: one in each programme they belong to.
create or replace function parley.people_at(p_address text) returns table (programme text, person text)
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select distinct c.programme, c.person
      from contacts c join people p on p.programme = c.programme and p.person = c.person and p.is_present
      where lower(c.address) = lower(p_address) and lower(address_of(c.person)) = lower(p_address)
  $$;

-- API, once the provider's answer is checked: keeps the address for ten minutes, and says for whom it may be used.
create or replace function parley.begin_sign_in(p_hash bytea, p_address text) returns table (programme text, person text)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if octet_length(p_hash) <> 32 then
    raise exception 'ENTRY_MALFORMED: a digest has 32 bytes' using errcode = 'PA003';
  end if;
  delete from sign_ins s where s.expires < wall_clock();
  insert into sign_ins values (p_hash, p_address, wall_clock() + interval '10 minutes', null);
  return query select * from people_at(p_address);
end $$;
grant execute on function parley.begin_sign_in(bytea, text) to parley_api;

-- API: a sign-in becomes a session, once, for one of the people whose address was proved. A session is a credential of
-- the person like any token, for twelve hours.
create or replace function parley.begin_session(p_sign_in text, p_person text, p_hash bytea) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  s sign_ins;
  owner text;
  until timestamptz := wall_clock() + interval '12 hours';
begin
  select * into s from sign_ins x where x.hash = sha256(convert_to(p_sign_in, 'UTF8')) for update;
  if not found or s.used_at is not null or s.expires <= wall_clock() then
    return refused('NOT_FOUND', 'SIGN_IN_OVER', 'This sign-in is over.', 'Sign in again.');
  end if;
  select p.programme into owner from people_at(s.address) p where p.person = p_person;
  if not found then
    return refused('FORBIDDEN', 'NOT_YOUR_ADDRESS', 'The address you proved is not this person''s.', 'Choose one of the people listed.');
  end if;
  update sign_ins x set used_at = wall_clock() where x.hash = s.hash;
  insert into credentials values (p_hash, owner, p_person, null, array['*'], wall_clock(), until, null);
  return jsonb_build_object('ok', true, 'expires', instant(until));
end $$;
grant execute on function parley.begin_session(text, text, bytea) to parley_api;
