-- The database's half of every key that opens data, and the leases under which data is read. No process role may read them.

create table parley.release_key_parts (
  stream text not null,
  release text not null,
  part bytea,
  destroyed_at timestamptz,
  primary key (stream, release)
);

create table parley.deposit_keys (
  stream text not null,
  deposit text not null,
  wrapped text,
  destroyed_at timestamptz,
  primary key (stream, deposit)
);

create table parley.leases (
  lease text primary key,
  stream text not null,
  release text not null,
  analysis text not null,
  expires timestamptz not null
);
create index leases_analysis on parley.leases (stream, analysis);

-- The database's part of each result's key. It outlives the release's: a checked result stays readable after its data is gone.
create table parley.result_key_parts (
  stream text not null,
  analysis text not null,
  part bytea,
  destroyed_at timestamptz,
  primary key (stream, analysis)
);

create table parley.evidence_key_parts (
  stream text not null,
  evidence text not null,
  part bytea check (octet_length(part) = 32),
  -- Erased with whoever recorded it, or whom it is attributed to.
  destroyed_at timestamptz,
  check ((part is null) = (destroyed_at is not null)),
  primary key (stream, evidence)
);

-- T9: the database's part of each project's own key, under which the people of its releases are compared with each other. It
-- outlives every release of the project, since a past release still adds to what is known, and goes with the project.
create table parley.unit_key_parts (
  stream text primary key references parley.streams (id),
  part bytea,
  destroyed_at timestamptz
);
