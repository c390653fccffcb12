-- The transparency log above the entries: which entry is which leaf, the tree's tiles, signed tree heads, and what closes
-- the gates when the log and its last signed head, which lies outside the database, do not agree.

-- ------------------------------------------------------------------------------------------------------ sequencing

-- Entries of the ledger that are not in the log yet. A late commit simply appears here: nothing is ever passed over.
create table parley.log_waiting (
  stream text not null,
  version integer not null,
  at timestamptz not null,
  primary key (stream, version)
);

create table parley.log_entries (
  position bigint primary key check (position >= 0),
  stream text not null,
  version integer not null,
  unique (stream, version),
  foreign key (stream, version) references parley.events (stream, version)
);

-- C2SP tlog-tiles: up to 256 hashes of 32 bytes, one after the other; only ever longer.
create table parley.log_tiles (
  level smallint not null check (level between 0 and 63),
  index bigint not null check (index >= 0),
  hashes bytea not null check (octet_length(hashes) between 32 and 8192 and octet_length(hashes) % 32 = 0),
  primary key (level, index)
);

create function parley.log_wait() returns trigger
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  insert into log_waiting values (new.stream, new.version, new.at);
  return null;
end $$;
create trigger log_wait after insert on parley.events for each row execute function parley.log_wait();

insert into parley.log_waiting select e.stream, e.version, e.at from parley.events e;

create trigger log_entries_immutable before update or delete on parley.log_entries
  for each row execute function parley.refuse_change();
create trigger log_entries_never_truncated before truncate on parley.log_entries
  for each statement execute function parley.refuse_change();

-- RFC 9162: the top of a full tile, 256 hashes.
create function parley.log_top(hashes bytea) returns bytea
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
create function parley.log_grow(p_level integer, p_first bigint, p_hashes bytea[]) returns void
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
create function parley.log_integrate(p_most integer) returns bigint
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

-- ----------------------------------------------------------------------------------------------- signed tree heads

create table parley.log_checkpoints (
  size bigint primary key check (size > 0),
  note text not null,
  at timestamptz not null default parley.wall_clock()
);
create trigger log_checkpoints_immutable before update or delete on parley.log_checkpoints
  for each row execute function parley.refuse_change();
create trigger log_checkpoints_never_truncated before truncate on parley.log_checkpoints
  for each statement execute function parley.refuse_change();

-- Signature lines of witnesses under a checkpoint.
create table parley.log_cosignatures (
  size bigint not null references parley.log_checkpoints (size),
  witness text not null,
  line text not null,
  primary key (size, witness)
);

-- What others verify the log's signatures with, oldest first.
create table parley.log_keys (
  id integer generated always as identity primary key,
  key text not null unique
);

-- Notes by which the log's key handed over to the next, signed by both.
create table parley.log_handovers (
  id integer generated always as identity primary key,
  note text not null unique
);

-- Only for a size the log has reached; a second note for the same size changes nothing.
create function parley.log_keep_checkpoint(p_size bigint, p_note text) returns void
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if p_size > (select coalesce(max(e.position) + 1, 0) from log_entries e) then
    raise exception 'LOG_TOO_SHORT: the log has not reached %', p_size using errcode = 'PA002';
  end if;
  insert into log_checkpoints (size, note) values (p_size, p_note) on conflict do nothing;
end $$;

-- ------------------------------------------------------------------------------------------------ what closes gates

-- What was found wrong; scope '*' closes every project.
create table parley.log_closures (
  scope text not null check (scope = '*' or scope ~ '^(pgm|prj)_[a-z2-7]{16}$'),
  kind text not null check (kind in ('LOG', 'VIEWS')),
  reason text not null,
  at timestamptz not null default parley.wall_clock(),
  primary key (scope, kind)
);

-- That this very database was compared with the last signed head. A restored copy is another table, or another start of
-- the server, and so has not been compared.
create table parley.log_attested (
  only_row boolean primary key default true check (only_row),
  of_table oid not null,
  of_start timestamptz not null
);

-- I14: what waited at a closed gate asks again once it stands open.
create function parley.log_wake(p_scope text) returns void
  language sql security definer set search_path = parley, pg_temp
  as $$
    insert into outbox (key, kind, stream, version)
      select format('wake/%s/%s/reopened/%s', s.id, s.version, instant(wall_clock())), 'wake', s.id, s.version
        from streams s where s.kind = 'project' and p_scope in ('*', s.id, s.programme)
    on conflict do nothing
  $$;

create function parley.log_is_attested() returns boolean
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select exists (select from log_attested a where a.of_table = 'parley.log_attested'::regclass
                                                and a.of_start = pg_postmaster_start_time())
  $$;

create function parley.log_attest() returns void
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if not log_is_attested() then
    insert into log_attested values (true, 'parley.log_attested'::regclass, pg_postmaster_start_time())
      on conflict (only_row) do update set of_table = excluded.of_table, of_start = excluded.of_start;
    perform log_wake('*');
  end if;
end $$;

create function parley.log_close(p_scope text, p_kind text, p_reason text) returns void
  language sql security definer set search_path = parley, pg_temp
  as $$
    insert into log_closures (scope, kind, reason) values (p_scope, p_kind, p_reason)
      on conflict (scope, kind) do update set reason = excluded.reason
  $$;

-- Lifts a closure whose cause is gone.
create function parley.log_reopen(p_scope text, p_kind text) returns void
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  delete from log_closures c where c.scope = p_scope and c.kind = p_kind;
  if found then perform log_wake(p_scope); end if;
end $$;

-- Why nothing may open in this project; null while nothing is wrong (I13: not compared is wrong, once heads were signed).
create function parley.log_closed_because(p_project text) returns text
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select coalesce(
      (select string_agg(c.reason, '; ' order by c.scope) from log_closures c
        where c.scope in ('*', p_project, (select s.programme from streams s where s.id = p_project))),
      (select 'the database has not been compared with the last signed head of the log since it was started or restored'
        where exists (select from log_checkpoints) and not log_is_attested()))
  $$;

create function parley.log_refuse_opening() returns trigger
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if log_closed_because(new.stream) is not null then
    raise exception 'LOG_CLOSED: nothing opens here: %', log_closed_because(new.stream) using errcode = 'PA004';
  end if;
  return new;
end $$;

-- Whatever lets data be seen: permits, reads, openings of deposits, and every renewal of a lease.
create trigger log_refuse_opening before insert on parley.events for each row
  when (new.type in ('PermitGiven', 'ReadOpened', 'DepositOpened')) execute function parley.log_refuse_opening();
create trigger log_refuse_lease before insert or update on parley.leases for each row
  execute function parley.log_refuse_opening();

-- ---------------------------------------------------------------------------------------------------------- rights

revoke all on function parley.log_is_attested(), parley.log_wait(), parley.log_top(bytea), parley.log_grow(integer, bigint, bytea[]), parley.log_integrate(integer),
  parley.log_keep_checkpoint(bigint, text), parley.log_attest(), parley.log_close(text, text, text), parley.log_reopen(text, text),
  parley.log_closed_because(text), parley.log_refuse_opening(), parley.log_wake(text) from public;
grant select on parley.log_entries, parley.log_tiles, parley.log_checkpoints, parley.log_cosignatures, parley.log_keys,
  parley.log_handovers, parley.log_closures to parley_api, parley_portal, parley_worker, parley_courier, parley_auditor;
grant select on parley.log_waiting to parley_courier, parley_auditor;
grant insert on parley.log_cosignatures, parley.log_keys, parley.log_handovers to parley_courier;
grant execute on function parley.log_is_attested(), parley.log_integrate(integer), parley.log_keep_checkpoint(bigint, text), parley.log_attest(),
  parley.log_close(text, text, text), parley.log_reopen(text, text) to parley_courier;
grant execute on function parley.log_closed_because(text) to parley_api, parley_worker, parley_courier, parley_auditor;
