-- The transparency log above the entries: which entry is which leaf, the tree's tiles, signed tree heads, and what closes
-- the gates when the log and its last signed head, which lies outside the database, do not agree.

-- ----------------------------------------------------------------------------------------------------------- sequencing

-- The transparency log above the entries: which entry is which leaf, the tree's tiles, signed tree heads, and what closes
-- the gates when the log and its last signed head, which lies outside the database, do not agree.
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

-- ---------------------------------------------------------------------------------------------------- signed tree heads

create table parley.log_checkpoints (
  size bigint primary key check (size > 0),
  note text not null,
  at timestamptz not null default parley.wall_clock()
);

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

-- A tail of the log that was lost for good, and that a person has dealt with: the log goes on under another name.
create table parley.log_losses (
  -- The name of the log that ended.
  origin text primary key,
  -- Its last signed head, which this database does not reach.
  note text not null,
  decided_by text not null,
  reason text not null,
  at timestamptz not null default parley.wall_clock()
);

-- ---------------------------------------------------------------------------------------------------- what closes gates

-- What was found wrong; scope '*' closes every project.
create table parley.log_closures (
  scope text not null check (scope = '*' or scope ~ '^(pgm|prj)_[a-z2-7]{16}$'),
  kind text not null check (kind in ('LOG', 'VIEWS', 'GATE', 'WITNESS')),
  reason text not null,
  at timestamptz not null default parley.wall_clock(),
  -- Why those who watch this installation were last told that it is closed.
  told text,
  primary key (scope, kind)
);

-- That this very database was compared with the last signed head. A restored copy is another table, or another start of
-- the server, and so has not been compared.
create table parley.log_attested (
  only_row boolean primary key default true check (only_row),
  of_table oid not null,
  of_start timestamptz not null
);

grant select on parley.log_entries, parley.log_tiles, parley.log_checkpoints, parley.log_cosignatures, parley.log_keys,
  parley.log_handovers, parley.log_closures
  to parley_api, parley_portal, parley_worker, parley_courier, parley_auditor;
grant select on parley.log_waiting to parley_courier, parley_auditor;
grant select on parley.log_losses to parley_api, parley_courier, parley_auditor;
grant insert on parley.log_cosignatures, parley.log_keys, parley.log_handovers to parley_courier;
