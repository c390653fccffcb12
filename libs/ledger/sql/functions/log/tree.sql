-- The transparency log: which entry becomes which leaf, and the tiles of its tree.

create or replace function parley.log_wait() returns trigger
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  insert into log_waiting values (new.stream, new.version, new.at);
  return null;
end $$;
create or replace trigger log_wait after insert on parley.events for each row execute function parley.log_wait();

-- RFC 9162: the top of a full tile, 256 hashes.
create or replace function parley.log_top(hashes bytea) returns bytea
  language plpgsql immutable set search_path = parley, pg_temp
  as $$
declare
  row_of bytea := hashes;
  above bytea;
begin
  while octet_length(row_of) > 32 loop
    above := '';
    for i in 0 .. octet_length(row_of) / 64 - 1 loop
      above := above || sha256('\x01'::bytea || substr(row_of, 1 + 64 * i, 64));
    end loop;
    row_of := above;
  end loop;
  return row_of;
end $$;

-- Adds hashes to a level of the tree, `first` being the place of the first of them there, and to those above what became full.
create or replace function parley.log_grow(p_level integer, p_first bigint, p_hashes bytea[]) returns void
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  full_tile record;
  above bytea[] := '{}';
  first_above bigint;
begin
  insert into log_tiles as t (level, index, hashes)
    select p_level, (p_first + h.n - 1) / 256, string_agg(h.hash, ''::bytea order by h.n)
      from unnest(p_hashes) with ordinality h (hash, n) group by 2
    on conflict (level, index) do update set hashes = t.hashes || excluded.hashes;
  for full_tile in
    select t.index, t.hashes from log_tiles t
      where t.level = p_level and t.index between p_first / 256 and (p_first + cardinality(p_hashes)) / 256 - 1
      order by t.index
  loop
    first_above := coalesce(first_above, full_tile.index);
    above := above || log_top(full_tile.hashes);
  end loop;
  if first_above is not null then
    perform log_grow(p_level + 1, first_above, above);
  end if;
end $$;

-- Takes up to `p_most` waiting entries into the log, in the order of their times; each stream's in the order of its
-- versions. One sequencer at a time: whoever comes second gets null and has changed nothing. Otherwise the log's size.
create or replace function parley.log_integrate(p_most integer) returns bigint
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  size bigint;
  leaves bytea[];
begin
  if not pg_try_advisory_xact_lock(7262) then return null; end if;
  select coalesce(max(e.position) + 1, 0) into size from log_entries e;
  with next as (
    select w.stream, w.version, size - 1 + row_number() over (order by w.at, w.stream, w.version) as position
      from log_waiting w order by w.at, w.stream, w.version limit p_most),
  gone as (
    delete from log_waiting w using next n where (w.stream, w.version) = (n.stream, n.version)),
  placed as (
    insert into log_entries select n.position, n.stream, n.version from next n)
  select array_agg(sha256('\x00'::bytea || convert_to(e.text, 'UTF8')) order by n.position) into leaves
    from next n join events e on (e.stream, e.version) = (n.stream, n.version);
  if leaves is null then return size; end if;
  perform log_grow(0, size, leaves);
  return size + cardinality(leaves);
end $$;
grant execute on function parley.log_integrate(integer) to parley_courier;

-- Only for a size the log has reached; a second note for the same size changes nothing.
create or replace function parley.log_keep_checkpoint(p_size bigint, p_note text) returns void
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if p_size > (select coalesce(max(e.position) + 1, 0) from log_entries e) then
    raise exception 'LOG_TOO_SHORT: the log has not reached %', p_size using errcode = 'PA002';
  end if;
  insert into log_checkpoints (size, note) values (p_size, p_note) on conflict do nothing;
end $$;
grant execute on function parley.log_keep_checkpoint(bigint, text) to parley_courier;

-- Orders the newest signed head to be mailed, once a week, to the auditors and signatories of every programme. Kept by
-- others, it shows whether this database was restored from an old backup, or others were shown another log.
create or replace function parley.log_order_heads() returns void
  language sql security definer set search_path = parley, pg_temp
  as $$
    insert into outbox (key, kind, stream, version, mail)
      select format('log-head/%s/%s/%s', p.programme, p.person, to_char(wall_clock() at time zone 'UTC', 'IYYY-IW')), 'mail', s.id, s.version,
             jsonb_build_object('purpose', 'LOG_HEAD', 'person', p.person, 'about', c.size::text, 'round', 0, 'count', 1)
        from (select max(size) as size from log_checkpoints) c
        join people p on p.is_present and p.roles && array['auditor', 'signatory']
        join streams s on s.id = p.programme
        where c.size is not null
    on conflict (key) do nothing
  $$;
grant execute on function parley.log_order_heads() to parley_courier;
