-- Several of a person's open sign-offs at once (B57): one code, which covers exactly the items it was asked for.

-- Rounds of a programme and its projects that wait for a person: also what a colleague handed to them, and not what they handed on.
-- Results are decided by account, so they are not among them.
create or replace function parley.open_rounds(p_programme text, p_person text) returns setof parley.rounds
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select r.* from rounds r join streams s on s.id = r.stream
      where s.programme = p_programme and r.ended_at is null and r.kind <> 'OUTPUT' and r.proposer <> p_person
        and r.asked @> jsonb_build_array(jsonb_build_object('person', p_person))
        and (asked_in_own_right(r, p_person) is not null or delegation_to(r, p_person) is not null)
        and delegation_of(r, p_person) is null and not has_answered(r, p_person)
  $$;

-- Portal: what waits for the person whose link this is; ids only.
create or replace function parley.open_items(p_token text) returns table (stream text, checkpoint text, round integer)
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select r.stream, r.checkpoint, r.round from person_of_link(p_token) l, open_rounds(l.programme, l.person) r
      order by r.deadline, r.stream, r.checkpoint
  $$;
grant execute on function parley.open_items(text) to parley_portal;

-- Courier: the same for whom a mail is written to; what a fresh link leads to when its own item is over.
create or replace function parley.open_items_of(p_stream text, p_person text) returns table (stream text, checkpoint text, round integer)
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select r.stream, r.checkpoint, r.round from open_rounds(programme_of(p_stream), p_person) r
      order by r.deadline, r.stream, r.checkpoint
  $$;
grant execute on function parley.open_items_of(text, text) to parley_courier;

-- Portal: one code for several items, each of which has to be open for this person. Only an outbox row, as with one item.
create or replace function parley.ask_items_code(p_token text, p_items jsonb) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  link record;
  items jsonb;
begin
  select * into link from person_of_link(p_token);
  if not found then
    return refused('NOT_FOUND', 'LINK_DEAD', 'This link is not live.', 'Ask for a fresh link.');
  end if;
  select coalesce(jsonb_agg(covered(r) - 'core' order by r.stream, r.checkpoint), '[]') into items
    from open_rounds(link.programme, link.person) r
    where p_items @> jsonb_build_array(covered(r) - 'core');
  if jsonb_array_length(items) = 0 or jsonb_array_length(items) <> jsonb_array_length(p_items) then
    return refused('STALE', 'ITEM_CLOSED', 'One of these is no longer asked of you.', 'Read the list again.');
  end if;
  if not take_ask(link.person, 'ITEMS_CODE', link.programme) then
    return refused('CONFLICT', 'TOO_MANY_CODES', 'Three codes have been sent within the hour.', 'Wait, then ask again; the newest code may still be on its way.');
  end if;
  insert into asks (person, purpose, about, at)
    select link.person, 'LISTED_CODE', item(i ->> 'stream', i ->> 'checkpoint', (i ->> 'round')::integer), wall_clock()
      from jsonb_array_elements(items) i;
  insert into outbox (key, kind, stream, version, mail)
    select format('ask/%s/ITEMS_CODE/%s/%s/%s/%s', link.stream, link.person, link.checkpoint, link.round, counted.n), 'mail', link.stream, s.version,
           jsonb_build_object('purpose', 'ITEMS_CODE', 'person', link.person, 'about', link.checkpoint, 'round', link.round, 'count', counted.n, 'items', items)
      from streams s, (select count(*) as n from asks a where a.person = link.person and a.purpose = 'ITEMS_CODE') counted
      where s.id = link.stream;
  return jsonb_build_object('ok', true);
end $$;
grant execute on function parley.ask_items_code(text, jsonb) to parley_portal;
