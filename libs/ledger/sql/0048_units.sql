-- T9: the database's part of each project's own key, under which the people of its releases are compared with each other. It
-- outlives every release of the project, since a past release still adds to what is known, and goes with the project.

create table parley.unit_key_parts (
  stream text primary key references parley.streams (id),
  part bytea,
  destroyed_at timestamptz
);

-- Worker: stores the part it drew, or returns the one kept before, so that every release names its people alike.
create function parley.keep_unit_part(p_stream text, p_part bytea) returns bytea
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  kept bytea;
begin
  if octet_length(p_part) is distinct from 32 then
    raise exception 'ENTRY_MALFORMED: half a key has 32 bytes' using errcode = 'PA003';
  end if;
  insert into unit_key_parts values (p_stream, p_part, null) on conflict do nothing;
  select k.part into kept from unit_key_parts k where k.stream = p_stream;
  if kept is null then
    raise exception 'DESTROYED: the unit key of % was destroyed', p_stream using errcode = 'PA002';
  end if;
  return kept;
end $$;

-- Worker: afterwards nobody can tell any more who was in which release. Only once none of the project's releases is left.
create function parley.destroy_unit_part(p_stream text) returns void
  language plpgsql volatile security definer set search_path = parley, pg_temp
  as $$
begin
  if exists (
    select from events s where s.stream = p_stream and s.type = 'ReleaseSealed' and not exists (
      select from events d where d.stream = p_stream and d.type = 'ReleaseDestroyed'
        and d.data ->> 'release' = s.data ->> 'release')) then
    raise exception 'STILL_NEEDED: % has releases that were not destroyed', p_stream using errcode = 'PA002';
  end if;
  update unit_key_parts k set part = null, destroyed_at = coalesce(destroyed_at, wall_clock()) where k.stream = p_stream;
end $$;

revoke all on function parley.keep_unit_part(text, bytea), parley.destroy_unit_part(text) from public;
grant execute on function parley.keep_unit_part(text, bytea), parley.destroy_unit_part(text) to parley_worker;
