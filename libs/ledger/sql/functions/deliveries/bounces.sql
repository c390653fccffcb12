-- Addresses at which mail does not arrive: what the courier hears of them, and who is told.

create or replace function parley.return_path_key() returns text
  language sql stable security definer set search_path = parley, pg_temp
  as $$ select encode(b.key, 'hex') from bounce_key b $$;
grant execute on function parley.return_path_key() to parley_courier;

-- People to be told that somebody's mail comes back: whoever leads, and the registrars who alone can correct the address.
create or replace function parley.told_of_bounce(p_stream text, p_person text) returns setof text
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select p.person from people p join people who on who.programme = p.programme and who.person = p_person
      where p.programme = programme_of(p_stream) and p.is_present and p.address is not null and p.person <> p_person
        and (p.organisation = who.organisation and 'registrar' = any (p.roles)
             or p.person = (select e.data ->> 'lead' from events e where e.stream = p_stream and e.version = 1)
             or p_stream like 'pgm%' and 'projectLead' = any (p.roles))
  $$;

-- Courier: the mail of this outbox row could not be delivered, for good, to the address whose commitment begins so. Told once.
create or replace function parley.report_bounce(p_outbox bigint, p_commitment text, p_status text) returns boolean
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  o outbox;
  contact contacts;
begin
  if coalesce(p_commitment !~ '^[0-9a-f]{12,64}$' or p_status !~ '^[245](\.[0-9]{1,3}){2}$', true) then
    raise exception 'ENTRY_MALFORMED: a bounce names a commitment and a status such as 5.1.1' using errcode = 'PA003';
  end if;
  select * into o from outbox x where x.id = p_outbox and x.kind = 'mail';
  if not found then return false; end if;
  select * into contact from contacts c where c.person = o.mail ->> 'person' and starts_with(c.commitment, p_commitment);
  if not found then return false; end if;
  insert into bounces values (contact.programme, contact.person, contact.commitment, p_status, wall_clock()) on conflict do nothing;
  if not found then return false; end if;
  insert into outbox (key, kind, stream, version, mail)
    select format('bounce/%s/%s/%s', contact.person, contact.commitment, told), 'mail', o.stream, s.version,
           jsonb_build_object('purpose', 'ADDRESS_BOUNCED', 'person', told, 'about', contact.person, 'round', 0,
             'count', (select count(*) from bounces b where b.person = contact.person))
      from streams s, told_of_bounce(o.stream, contact.person) told where s.id = o.stream
    on conflict (key) do nothing;
  return true;
end $$;
grant execute on function parley.report_bounce(bigint, text, text) to parley_courier;

-- API and courier: people of a programme whose present address is one at which mail does not arrive.
create or replace function parley.undeliverable(p_programme text) returns table (person text, since text)
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select b.person, instant(b.at) from bounces b
      where b.programme = p_programme and b.commitment = (
        select c.commitment from contacts c where c.programme = b.programme and c.person = b.person and c.effective_at <= wall_clock()
          order by c.effective_at desc, c.recorded_at desc limit 1)
  $$;
grant execute on function parley.undeliverable(text) to parley_api;
