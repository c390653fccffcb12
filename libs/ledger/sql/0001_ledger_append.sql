-- Locking streams, appending entries, and the facts that each new entry adds.

-- ------------------------------------------------------------------------------------------------------ locking

-- Locks a programme's stream for a command of its own.
create function parley.lock_programme(p_programme text)
  returns table (programme text, programme_version integer, programme_head text, now timestamptz)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  return query
    with locked as (select s.* from streams s where s.id = p_programme and s.kind = 'programme' for no key update)
    select l.id, l.version, l.head, greatest(wall_clock(), l.last_at) from locked l;
end $$;

-- Locks a programme against changes, for a command on one of its projects (or for starting one).
create function parley.share_programme(p_programme text)
  returns table (programme text, programme_version integer, programme_head text, now timestamptz)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  return query
    with locked as (select s.* from streams s where s.id = p_programme and s.kind = 'programme' for share)
    select l.id, l.version, l.head, greatest(wall_clock(), l.last_at) from locked l;
end $$;

-- Locks a project: its programme against changes first, then the project itself. Always in this order.
-- `now` is read after both locks are held: the later of the clock and the last entries of both streams.
create function parley.lock_project(p_project text)
  returns table (programme text, programme_version integer, programme_head text,
                 project_version integer, project_head text, now timestamptz)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  parent text;
  shared streams;
  own streams;
begin
  select s.programme into parent from streams s where s.id = p_project and s.kind = 'project';
  if not found then return; end if;
  select * into shared from streams s where s.id = parent for share;
  select * into own from streams s where s.id = p_project for no key update;
  programme := shared.id; programme_version := shared.version; programme_head := shared.head;
  project_version := own.version; project_head := own.head;
  now := greatest(wall_clock(), shared.last_at, own.last_at);
  return next;
end $$;

-- A stream (a project's with its programme's) as of one moment: where it stands, and the entries the caller has not folded yet.
create function parley.read_stream(p_stream text, known_programme integer, known_project integer)
  returns table (programme text, programme_version integer, programme_head text, programme_entries text[],
                 project text, project_version integer, project_head text, project_entries text[], now text)
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select p.id, p.version, p.head,
           array(select e.text from events e where e.stream = p.id and e.version > known_programme order by e.version),
           j.id, j.version, j.head,
           array(select e.text from events e where e.stream = j.id and e.version > known_project order by e.version),
           instant(greatest(wall_clock(), p.last_at, j.last_at))
      from streams s
        join streams p on p.id = s.programme
        left join streams j on j.id = s.id and s.kind = 'project'
      where s.id = p_stream
  $$;

-- The same after locking, in one round trip. `for_new_project`: lock a programme only against changes.
create function parley.begin_command(p_stream text, known_programme integer, known_project integer, for_new_project boolean default false)
  returns table (programme text, programme_version integer, programme_head text, programme_entries text[],
                 project text, project_version integer, project_head text, project_entries text[], now text)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if p_stream like 'prj%' then
    perform lock_project(p_stream);
  elsif for_new_project then
    perform share_programme(p_stream);
  else
    perform lock_programme(p_stream);
  end if;
  -- A new statement, so what committed while we waited for the lock is seen.
  return query select * from read_stream(p_stream, known_programme, known_project);
end $$;

-- ---------------------------------------------------------------------------------------------------- appending

-- The entry's envelope must be canonical byte for byte; what lies between its two halves is `data`.
create function parley.checked_entry(p_text text, p_stream text, p_version integer, p_prev text) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  entry jsonb;
  who record;
  opening text;
  closing text;
begin
  if octet_length(p_text) > 1000000 then
    raise exception 'ENTRY_TOO_LARGE: an entry is at most 1,000,000 bytes' using errcode = 'PA003';
  end if;
  if p_text is not json object with unique keys then
    raise exception 'ENTRY_MALFORMED: an entry is one JSON object without repeated keys' using errcode = 'PA003';
  end if;
  entry := p_text::jsonb;
  if entry ->> 'stream' is distinct from p_stream then
    raise exception 'FOREIGN_STREAM: the entry names % and not %', entry ->> 'stream', p_stream using errcode = 'PA002';
  end if;
  if entry -> 'version' is distinct from to_jsonb(p_version) or entry ->> 'prev' is distinct from p_prev then
    raise exception 'OUT_OF_SEQUENCE: % continues with version % after %', p_stream, p_version, p_prev using errcode = 'PA001';
  end if;
  if jsonb_typeof(entry -> 'actor') is distinct from 'object' or jsonb_typeof(entry -> 'data') is distinct from 'object' then
    raise exception 'ENTRY_MALFORMED: actor and data are objects' using errcode = 'PA003';
  end if;
  select key, value into who from jsonb_each_text(entry -> 'actor') limit 1;
  opening := format('{"actor":{"%s":"%s"},"at":"%s","data":{', who.key, who.value, entry ->> 'at');
  closing := format('},"format":1,"prev":"%s","stream":"%s","type":"%s","typeVersion":%s,"version":%s}',
                    p_prev, p_stream, entry ->> 'type', entry ->> 'typeVersion', p_version);
  if coalesce(who.key not in ('person', 'process', 'administrator') or who.value !~ '^[A-Za-z0-9_]{1,64}$', true)
     or coalesce(entry ->> 'type' !~ '^[A-Z][A-Za-z]{1,63}$', true)
     or coalesce(entry ->> 'typeVersion' !~ '^[1-9][0-9]{0,3}$', true)
     or coalesce(entry ->> 'at' !~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$', true)
     or (select count(*) from jsonb_object_keys(entry)) <> 9
     or not starts_with(p_text, opening) or right(p_text, length(closing)) <> closing then
    raise exception 'ENTRY_NOT_CANONICAL: an entry has exactly actor, at, data, format, prev, stream, type, typeVersion and version, as RFC 8785 writes them'
      using errcode = 'PA003';
  end if;
  return entry;
end $$;

-- How far an entry's time may lie before the clock: a command is decided and appended in one short transaction.
create function parley.check_entry_time(p_at text, p_earliest timestamptz) returns timestamptz
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  at timestamptz := p_at::timestamptz;
  clock timestamptz := wall_clock();
begin
  if at < p_earliest then
    raise exception 'TIME_BACKWARDS: % lies before the last entry, %', p_at, instant(p_earliest) using errcode = 'PA001';
  end if;
  if at < clock - interval '60 seconds' then
    raise exception 'TIME_PAST: % is more than a minute ago (it is %)', p_at, instant(clock) using errcode = 'PA001';
  end if;
  if at > greatest(clock, p_earliest) + interval '1 second' then
    raise exception 'TIME_AHEAD: % has not come yet (it is %)', p_at, instant(clock) using errcode = 'PA001';
  end if;
  return at;
end $$;

-- Appends entries of the given types by the given kinds of actor. No process role may call it: the functions that
-- may be called decide what is allowed, after they locked the stream as a command does. Returns what the receipt needs.
create function parley.append_checked(p_stream text, p_texts text[], p_types text[], p_actors text[])
  returns table (version integer, hash text, type text, at text)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  s streams;
  earliest timestamptz;
  entry jsonb;
  entry_at timestamptz;
  entry_hash text;
  entry_text text;
begin
  select * into s from streams where id = p_stream for no key update;
  if not found then
    s := new_stream(p_stream, p_texts[1]);
  end if;
  -- Entry times never go backwards, whatever the clock does, and never before what the programme recorded.
  select greatest(s.last_at, max(p.last_at)) into earliest from streams p where p.id = s.programme;

  foreach entry_text in array p_texts loop
    entry := checked_entry(entry_text, p_stream, s.version + 1, s.head);
    if not (entry ->> 'type' = any (p_types)) then
      raise exception 'FOREIGN_TYPE: % may not append %', session_user, entry ->> 'type' using errcode = 'PA002';
    end if;
    if not exists (select from jsonb_object_keys(entry -> 'actor') k where k = any (p_actors)) then
      raise exception 'FOREIGN_ACTOR: % may not act as %', session_user, entry ->> 'actor' using errcode = 'PA002';
    end if;
    if session_user in ('parley_worker', 'parley_courier') and entry #>> '{actor,process}' is not null
       and entry #>> '{actor,process}' not in (substr(session_user, 8), 'gate') then
      raise exception 'FOREIGN_ACTOR: % may not act as %', session_user, entry ->> 'actor' using errcode = 'PA002';
    end if;
    entry_at := check_entry_time(entry ->> 'at', earliest);
    entry_hash := encode(sha256(convert_to(entry_text, 'UTF8')), 'hex');
    s.version := s.version + 1;
    -- The stream moves first, so that the triggers on events see where it stands.
    if s.version = 1 then
      insert into streams values (s.id, s.kind, s.programme, 1, entry_hash, entry_at, s.rules_version);
    else
      update streams set version = s.version, head = entry_hash, last_at = entry_at where id = p_stream;
    end if;
    insert into events (stream, version, type, type_version, text, hash, prev, at, actor, data, appended_by)
      values (p_stream, s.version, entry ->> 'type', (entry ->> 'typeVersion')::integer, entry_text, entry_hash, s.head,
              entry_at, entry -> 'actor', entry -> 'data', session_user);
    s.head := entry_hash;
    earliest := entry_at;
    version := s.version; hash := entry_hash; type := entry ->> 'type'; at := entry ->> 'at';
    return next;
  end loop;
end $$;

-- A stream begins with the entry that starts it, and with no other.
create function parley.new_stream(p_stream text, p_text text) returns parley.streams
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  entry jsonb := p_text::jsonb;
  s streams;
begin
  s.id := p_stream;
  s.version := 0;
  s.head := '';
  s.rules_version := coalesce((entry #>> '{data,rulesVersion}')::integer, 1);
  s.last_at := '-infinity';
  if p_stream like 'pgm%' and entry ->> 'type' = 'ProgrammeStarted' then
    s.kind := 'programme';
    s.programme := p_stream;
  elsif p_stream like 'prj%' and entry ->> 'type' = 'ProjectStarted' then
    s.kind := 'project';
    select p.programme into s.programme from share_programme(entry #>> '{data,programme}') p;
  end if;
  if s.programme is null then
    raise exception 'NO_SUCH_STREAM: % does not exist, and % does not start it', p_stream, entry ->> 'type' using errcode = 'PA002';
  end if;
  return s;
end $$;

-- What api and worker append. Everything that decides, permits or opens is not on the whitelist.
create function parley.append_events(p_stream text, p_texts text[])
  returns table (version integer, hash text, type text, at text)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  allowed text[] := array(select w.type from append_whitelist w where w.role = session_user);
  actors text[] := case session_user when 'parley_api' then array['person', 'administrator'] else array['process'] end;
  entry_text text;
begin
  foreach entry_text in array p_texts loop
    if starts_with(entry_text, '{"actor":{"process":"gate"}') then
      raise exception 'FOREIGN_ACTOR: only the gate''s functions act as the gate' using errcode = 'PA002';
    end if;
    if session_user = 'parley_worker' and (entry_text::jsonb #> '{data,result}') <> 'null'::jsonb then
      raise exception 'FOREIGN_TYPE: a result is recorded only by end_analysis' using errcode = 'PA002';
    end if;
  end loop;
  if p_stream like 'prj%' then
    perform lock_project(p_stream);
  end if;
  return query select * from append_checked(p_stream, p_texts, allowed, actors);
end $$;

-- --------------------------------------------------------------------------------------------------------- facts

-- Keeps what the decision functions check by: who is who, which rounds are open, which decisions stand.
create function parley.ledger_fill() returns trigger
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  d jsonb := new.data;
begin
  case new.type
    when 'CheckpointOpened' then
      update rounds r set ended_at = new.at
        where r.stream = new.stream and r.checkpoint = d ->> 'checkpoint' and r.ended_at is null;
      insert into rounds values (new.stream, d ->> 'checkpoint', (d ->> 'round')::integer, d ->> 'kind', d -> 'subject',
        d #>> '{content,core}', d #>> '{content,cover}', d ->> 'proposer', d -> 'asked', (d ->> 'needsCode')::boolean,
        (d ->> 'deadline')::timestamptz, null);
    when 'CoverChanged' then
      update rounds r set cover = d ->> 'cover'
        where r.stream = new.stream and r.checkpoint = d ->> 'checkpoint' and r.round = (d ->> 'round')::integer;
    when 'RoundLapsed' then
      update rounds r set ended_at = new.at
        where r.stream = new.stream and r.checkpoint = d ->> 'checkpoint' and r.round = (d ->> 'round')::integer;
    when 'DecisionRecorded' then
      insert into decisions values (new.stream, new.version, d ->> 'checkpoint', (d ->> 'round')::integer, d ->> 'person',
        d ->> 'organisation', d ->> 'choice', d ->> 'core', null);
    when 'DecisionWithdrawn' then
      update decisions x set withdrawn_at = new.at
        where x.stream = new.stream and x.checkpoint = d ->> 'checkpoint' and x.round = (d ->> 'round')::integer
          and x.person = d ->> 'person' and x.withdrawn_at is null;
    when 'OrganisationAdded' then
      insert into organisations values (new.stream, d ->> 'organisation', d ->> 'name');
    when 'PersonAttested' then
      insert into people values (new.stream, d ->> 'person', d ->> 'organisation', text_array(d -> 'roles'), d ->> 'name', d ->> 'address', true)
        on conflict (programme, person) do update
          set organisation = excluded.organisation, roles = excluded.roles, name = excluded.name, address = excluded.address, is_present = true;
    when 'RolesChanged' then
      update people p set roles = text_array(d -> 'roles') where p.programme = new.stream and p.person = d ->> 'person';
    when 'AddressChanged' then
      update people p set address = d ->> 'address' where p.programme = new.stream and p.person = d ->> 'person';
      update links l set void_at = new.at where l.programme = new.stream and l.person = d ->> 'person' and l.void_at is null;
    when 'PersonLeft' then
      update people p set is_present = false where p.programme = new.stream and p.person = d ->> 'person';
      update links l set void_at = new.at where l.programme = new.stream and l.person = d ->> 'person' and l.void_at is null;
      update credentials c set revoked_at = new.at where c.programme = new.stream and c.person = d ->> 'person' and c.revoked_at is null;
    when 'RequestSent' then
      insert into requests values (new.stream, d ->> 'request', d ->> 'holder');
    else null;
  end case;
  return null;
end $$;

create function parley.text_array(list jsonb) returns text[]
  language sql immutable set search_path = parley, pg_temp
  as $$ select coalesce(array_agg(value), array[]::text[]) from jsonb_array_elements_text(list) $$;

create trigger ledger_fill after insert on parley.events for each row execute function parley.ledger_fill();
