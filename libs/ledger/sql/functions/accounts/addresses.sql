-- Addresses and names of people.

-- The address behind a commitment that an attestation in the ledger carries; refused for any other text.
create or replace function parley.store_address(p_programme text, p_person text, p_commitment text, p_salt text, p_address text) returns void
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
grant execute on function parley.store_address(text, text, text, text, text) to parley_api;

-- Courier only: where mail for this person goes now.
create or replace function parley.address_of(p_person text) returns text
  language sql stable security definer set search_path = parley, pg_temp
  as $$ select c.address from contacts c where c.person = p_person and c.effective_at <= wall_clock()
          order by c.effective_at desc, c.recorded_at desc limit 1 $$;
grant execute on function parley.address_of(text) to parley_courier;

create or replace function parley.name_of(p_person text) returns text
  language sql stable security definer set search_path = parley, pg_temp
  as $$ select o.text from people p join openings o on o.commitment = p.name where p.person = p_person limit 1 $$;
grant execute on function parley.name_of(text) to parley_api, parley_portal, parley_courier;
