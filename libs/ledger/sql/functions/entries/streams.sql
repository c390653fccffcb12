-- Streams: whose they are, locking them, and reading them with what a command has not folded yet.

-- An instant as entries write it: ISO 8601, UTC, milliseconds, Z.
create or replace function parley.instant(moment timestamptz) returns text
  language sql stable set search_path = parley, pg_temp
  as $$ select to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;
grant execute on function parley.instant(timestamptz) to parley_api, parley_portal, parley_worker, parley_courier, parley_auditor;

create or replace function parley.text_array(list jsonb) returns text[]
  language sql immutable set search_path = parley, pg_temp
  as $$ select coalesce(array_agg(value), array[]::text[]) from jsonb_array_elements_text(list) $$;

create or replace function parley.refused(kind text, rule text, reason text, remedy text) returns jsonb
  language sql immutable set search_path = parley, pg_temp
  as $$ select jsonb_build_object('ok', false, 'refusal',
          jsonb_build_object('kind', kind, 'rule', rule, 'reason', reason, 'remedy', remedy)) $$;

create or replace function parley.programme_of(p_stream text) returns text
  language sql stable security definer set search_path = parley, pg_temp
  as $$ select s.programme from streams s where s.id = p_stream $$;

-- Locks a programme's stream for a command of its own.
create or replace function parley.lock_programme(p_programme text)
  returns table (programme text, programme_version integer, programme_head text, now timestamptz)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  return query
    with locked as (select s.* from streams s where s.id = p_programme and s.kind = 'programme' for no key update)
    select l.id, l.version, l.head, greatest(wall_clock(), l.last_at) from locked l;
end $$;
grant execute on function parley.lock_programme(text) to parley_api, parley_portal, parley_worker;

-- Locks a programme against changes, for a command on one of its projects (or for starting one).
create or replace function parley.share_programme(p_programme text)
  returns table (programme text, programme_version integer, programme_head text, now timestamptz)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  return query
    with locked as (select s.* from streams s where s.id = p_programme and s.kind = 'programme' for share)
    select l.id, l.version, l.head, greatest(wall_clock(), l.last_at) from locked l;
end $$;
grant execute on function parley.share_programme(text) to parley_api, parley_portal, parley_worker;

-- Locks a project: its programme against changes first, then the project itself. Always in this order.
-- `now` is read after both locks are held: the later of the clock and the last entries of both streams.
create or replace function parley.lock_project(p_project text)
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
grant execute on function parley.lock_project(text) to parley_api, parley_portal, parley_worker;

-- A stream (a project's with its programme's) as of one moment: where it stands, and the entries the caller has not folded yet. Of a long
-- stream only the next 2,000: whoever has folded them asks again, and never holds more.
create or replace function parley.read_stream(p_stream text, known_programme integer, known_project integer)
  returns table (programme text, programme_version integer, programme_head text, programme_entries text[],
                 project text, project_version integer, project_head text, project_entries text[], now text)
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select p.id, p.version, p.head,
           array(select e.text from events e where e.stream = p.id and e.version > known_programme order by e.version limit 2000),
           j.id, j.version, j.head,
           array(select e.text from events e where e.stream = j.id and e.version > known_project order by e.version limit 2000),
           instant(greatest(wall_clock(), p.last_at, j.last_at))
      from streams s
        join streams p on p.id = s.programme
        left join streams j on j.id = s.id and s.kind = 'project'
      where s.id = p_stream
  $$;
grant execute on function parley.read_stream(text, integer, integer)
  to parley_api, parley_portal, parley_worker, parley_courier, parley_auditor;

-- The same after locking, in one round trip. `for_new_project`: lock a programme only against changes.
create or replace function parley.begin_command(p_stream text, known_programme integer, known_project integer, for_new_project boolean default false)
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
grant execute on function parley.begin_command(text, integer, integer, boolean) to parley_api, parley_portal, parley_worker;
