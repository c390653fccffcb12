-- Several of a person's open sign-offs at once (B57): one code, which covers exactly the items it was asked for.

-- A code names what it covers with stream and core, and remembers which of it was decided: each item once.
alter table parley.codes add column used jsonb not null default '[]';
update parley.codes c set items = (
  select coalesce(jsonb_agg(jsonb_build_object('stream', r.stream, 'checkpoint', r.checkpoint, 'round', r.round, 'core', r.core)), '[]')
    from jsonb_array_elements(c.items) i
    join parley.rounds r on r.stream = c.stream and r.checkpoint = i ->> 'checkpoint' and r.round = (i ->> 'round')::integer);

create index rounds_asked on parley.rounds using gin (asked jsonb_path_ops) where ended_at is null;

create function parley.covered(r parley.rounds) returns jsonb
  language sql immutable set search_path = parley, pg_temp
  as $$ select jsonb_build_object('stream', r.stream, 'checkpoint', r.checkpoint, 'round', r.round, 'core', r.core) $$;

-- Rounds that wait for a person in a programme and its projects. Results are decided by account, so they are not among them.
create function parley.open_rounds(p_programme text, p_person text) returns setof parley.rounds
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select r.* from rounds r join streams s on s.id = r.stream
      where s.programme = p_programme and r.ended_at is null and r.kind <> 'OUTPUT' and r.proposer <> p_person
        and r.asked @> jsonb_build_array(jsonb_build_object('person', p_person))
        and not exists (select from decisions d where d.stream = r.stream and d.checkpoint = r.checkpoint and d.round = r.round
                          and d.person = p_person and d.withdrawn_at is null)
  $$;

-- A link that was mailed to a person: live, or used, which can still list and decide what is open besides its own item.
create function parley.person_of_link(p_token text) returns table (stream text, programme text, person text, checkpoint text, round integer)
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select f.stream, f.programme, f.person, f.checkpoint, f.round
      from find_link(p_token) f where f.state in ('LIVE', 'USED') and f.purpose <> 'ACCESS'
  $$;

-- Portal: what waits for the person whose link this is; ids only.
create function parley.open_items(p_token text) returns table (stream text, checkpoint text, round integer)
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select r.stream, r.checkpoint, r.round from person_of_link(p_token) l, open_rounds(l.programme, l.person) r
      order by r.deadline, r.stream, r.checkpoint
  $$;

-- Portal: one code for several items, each of which has to be open for this person. Only an outbox row, as with one item.
create function parley.ask_items_code(p_token text, p_items jsonb) returns jsonb
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

-- What `begin_by_link` answers, for a stream of the link's programme: what a code lists need not lie in the link's own stream.
create function parley.begin_by_code(p_token text, p_stream text, known_programme integer, known_project integer)
  returns table (link jsonb, programme text, programme_version integer, programme_head text, programme_entries text[],
                 project text, project_version integer, project_head text, project_entries text[], now text)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if not exists (select from person_of_link(p_token) l where l.programme = programme_of(p_stream)) then return; end if;
  if p_stream like 'prj%' then perform lock_project(p_stream); else perform lock_programme(p_stream); end if;
  -- A new statement, so what committed while we waited for the lock is seen.
  return query select to_jsonb(f), r.* from find_link(p_token) f, read_stream(p_stream, known_programme, known_project) r;
end $$;

-- ------------------------------------------------------------------------------------------- deciding by link

-- Looks for the given code among the person's live ones that cover this item. A wrong code is a try against each of them:
-- counted by returning, so that the count commits with the refusal.
drop function parley.try_code(text, text, text, integer, text);
create function parley.try_code(p_person text, p_item jsonb, p_code text, out code_id bigint, out refusal jsonb)
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
create function parley.use_code(p_code bigint, p_item jsonb) returns void
  language sql volatile security definer set search_path = parley, pg_temp
  as $$
    update codes c set used = c.used || p_item,
        consumed_at = case when jsonb_array_length(c.used) + 1 >= jsonb_array_length(c.items) then wall_clock() end
      where c.id = p_code
  $$;

-- One decision by link: its own item, or one that the code lists.
create function parley.decision_by_link(link parley.links, p_code text, p_stream text, d jsonb, r parley.rounds, out code_id bigint, out refusal jsonb)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  is_own boolean := p_stream = link.stream and r.checkpoint = link.checkpoint and r.round = link.round;
begin
  if r.kind = 'OUTPUT' then
    refusal := refused('FORBIDDEN', 'NEEDS_ACCOUNT', 'Results are checked with an account, never by link.', 'Sign in.');
  elsif is_own and (link.purpose <> 'SIGN' or link.used_at is not null) then
    refusal := refused('CONFLICT', 'LINK_USED', 'This link has been used; it can still withdraw.', 'Ask for a fresh link to decide anew.');
  else
    refusal := decision_refusal(p_stream, link.person, d, r);
  end if;
  if refusal is not null then return; end if;
  if not is_own or r.needs_code or always_needs_code(r.kind) or (p_code is not null and d ->> 'assurance' = 'LINK_CODE') then
    select t.code_id, t.refusal into code_id, refusal from try_code(link.person, covered(r), p_code) t;
    if refusal is not null then return; end if;
  end if;
  if d ->> 'assurance' is distinct from (case when code_id is null then 'LINK' else 'LINK_CODE' end) then
    raise exception 'FOREIGN_ASSURANCE: the decision claims %', d ->> 'assurance' using errcode = 'PA002';
  end if;
end $$;

-- One withdrawal by link: of its own item without a code, of another with one that lists it.
create function parley.withdrawal_by_link(link parley.links, p_code text, p_stream text, d jsonb, r parley.rounds, out code_id bigint, out refusal jsonb)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if not (p_stream = link.stream and r.checkpoint = link.checkpoint and r.round = link.round) then
    select t.code_id, t.refusal into code_id, refusal from try_code(link.person, covered(r), p_code) t;
    if refusal is not null then return; end if;
  end if;
  refusal := withdrawal_refusal(p_stream, link.person, d);
  if refusal is not null then return; end if;
  if d ->> 'assurance' is distinct from (case when code_id is null then 'LINK' else 'LINK_CODE' end) then
    raise exception 'FOREIGN_ASSURANCE: the withdrawal claims %', d ->> 'assurance' using errcode = 'PA002';
  end if;
end $$;

-- What people decide by link; each type has its checks in entry_by_link.
create table parley.link_decisions (type text primary key);
insert into parley.link_decisions values ('DecisionRecorded'), ('DecisionWithdrawn');
revoke all on parley.link_decisions from public;

create function parley.entry_by_link(link parley.links, p_code text, p_stream text, entry jsonb, out code_id bigint, out item jsonb, out refusal jsonb)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  d jsonb := entry -> 'data';
  r rounds;
begin
  if entry #>> '{actor,person}' is distinct from link.person or d ->> 'person' is distinct from link.person then
    raise exception 'FOREIGN_PERSON: the link is not this person''s' using errcode = 'PA002';
  end if;
  if entry ->> 'stream' is distinct from p_stream then
    raise exception 'FOREIGN_STREAM: all entries of a command go to one stream' using errcode = 'PA002';
  end if;
  select * into r from rounds x where x.stream = p_stream and x.checkpoint = d ->> 'checkpoint' and x.round = (d ->> 'round')::integer;
  if not found then
    refusal := refused('NOT_FOUND', 'NO_SUCH_ROUND', 'This round does not exist.', 'Open the newest link you were sent.');
    return;
  end if;
  item := covered(r);
  if entry ->> 'type' = 'DecisionRecorded' then
    select x.code_id, x.refusal into code_id, refusal from decision_by_link(link, p_code, p_stream, d, r) x;
  elsif entry ->> 'type' = 'DecisionWithdrawn' then
    select x.code_id, x.refusal into code_id, refusal from withdrawal_by_link(link, p_code, p_stream, d, r) x;
  end if;
end $$;

create or replace function parley.record_decision(p_token text, p_code text, p_texts text[]) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  link links;
  target text := p_texts[1]::jsonb ->> 'stream';
  entry_text text;
  checked record;
  used_codes bigint[] := '{}';
  used_items jsonb[] := '{}';
  is_own boolean := false;
  answer jsonb;
begin
  select * into link from links l where l.hash = sha256(convert_to(p_token, 'UTF8'));
  if not found or link.purpose = 'ACCESS' or link.expires <= wall_clock() or link.void_at is not null then
    return refused('NOT_FOUND', 'LINK_DEAD', 'This link is not live.', 'Ask for a fresh link.');
  end if;
  if programme_of(target) is distinct from link.programme then
    raise exception 'FOREIGN_STREAM: the link is for %', link.stream using errcode = 'PA002';
  end if;
  if target like 'prj%' then perform lock_project(target); else perform lock_programme(target); end if;
  -- Again under the lock: a thousand equal submissions stand in line here.
  select * into link from links l where l.hash = link.hash for update;

  foreach entry_text in array p_texts loop
    select * into checked from entry_by_link(link, p_code, target, entry_text::jsonb);
    if checked.refusal is not null then return checked.refusal; end if;
    is_own := is_own or entry_text::jsonb ->> 'type' in ('DecisionRecorded', 'DecisionWithdrawn')
      and checked.item @> jsonb_build_object('stream', link.stream, 'checkpoint', link.checkpoint, 'round', link.round);
    if checked.code_id is not null then
      used_codes := used_codes || checked.code_id;
      used_items := used_items || checked.item;
    end if;
  end loop;

  answer := appended(target, p_texts, array(select t.type from link_decisions t), array['person']);
  perform use_code(u.code, u.item) from unnest(used_codes, used_items) u (code, item);
  -- What the code decided besides leaves the link's own item open.
  update links l set used_at = coalesce(l.used_at, wall_clock()) where l.hash = link.hash and is_own;
  return answer;
end $$;

-- ------------------------------------------------------------------------------------------- "this was not me"

-- Whoever answered in somebody's name may hold other links of theirs: none of these decides this item any more, and no code
-- that is under way. The fresh one, mailed to the address on record, does.
create function parley.links_disowned() returns trigger
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  d jsonb := new.data;
begin
  update links l set used_at = coalesce(l.used_at, new.at)
    where l.stream = new.stream and l.checkpoint = d ->> 'checkpoint' and l.round = (d ->> 'round')::integer and l.person = d ->> 'person';
  update codes c set consumed_at = new.at
    where c.person = d ->> 'person' and c.consumed_at is null
      and c.items @> jsonb_build_array(jsonb_build_object('stream', new.stream, 'checkpoint', d ->> 'checkpoint', 'round', (d ->> 'round')::integer));
  return null;
end $$;
create trigger links_disowned after insert on parley.events for each row
  when (new.type = 'DecisionWithdrawn' and new.data -> 'disowned' = 'true') execute function parley.links_disowned();

grant execute on function parley.open_items(text), parley.ask_items_code(text, jsonb), parley.begin_by_code(text, text, integer, integer) to parley_portal;
