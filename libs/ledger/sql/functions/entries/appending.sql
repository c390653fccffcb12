-- Appending: each entry is taken apart and checked byte for byte, whoever wrote it. Raised errors carry one of four codes:
-- PA001 somebody was faster: read again and retry · PA002 forbidden to this role or text · PA003 the text is malformed ·
-- PA004 closed, or taken by another.

-- How far an entry's time may lie before the clock: a command is decided and appended in one short transaction.
create or replace function parley.check_entry_time(p_at text, p_earliest timestamptz) returns timestamptz
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

-- The entry's envelope must be canonical byte for byte; what lies between its two halves is `data`.
create or replace function parley.checked_entry(p_text text, p_stream text, p_version integer, p_prev text) returns jsonb
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

-- A stream begins with the entry that starts it, and with no other.
create or replace function parley.new_stream(p_stream text, p_text text) returns parley.streams
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

-- Appends entries of the given types by the given kinds of actor. No process role may call it: the functions that
-- may be called decide what is allowed, after they locked the stream as a command does. Returns what the receipt needs.
create or replace function parley.append_checked(p_stream text, p_texts text[], p_types text[], p_actors text[])
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

create or replace function parley.appended(p_stream text, p_texts text[], p_types text[], p_actors text[]) returns jsonb
  language sql volatile security definer set search_path = parley, pg_temp
  as $$ select jsonb_build_object('ok', true, 'entries', jsonb_agg(to_jsonb(a) order by a.version))
        from append_checked(p_stream, p_texts, p_types, p_actors) a $$;

-- What api and worker append. Everything that decides, permits or opens is not on the whitelist.
create or replace function parley.append_events(p_stream text, p_texts text[])
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
grant execute on function parley.append_events(text, text[]) to parley_api, parley_worker;
