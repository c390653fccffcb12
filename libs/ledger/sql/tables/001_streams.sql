-- The ledger: append-only streams of events, what people sign, and which way each type of entry comes in.
-- No process role may INSERT into, UPDATE or DELETE from events: appending goes only through the functions of ../functions.

alter default privileges for role parley_owner revoke execute on functions from public;
revoke all on schema parley from public;
grant usage on schema parley to parley_api, parley_portal, parley_worker, parley_courier, parley_auditor;

-- The database's clock in whole milliseconds. The one place that reads it: tests replace it to move time.
-- Defaults of columns call it, so it stands here and not among the functions.
create function parley.wall_clock() returns timestamptz
  language sql volatile set search_path = parley, pg_temp
  as $$ select date_trunc('milliseconds', clock_timestamp()) $$;
grant execute on function parley.wall_clock()
  to parley_api, parley_portal, parley_worker, parley_courier, parley_auditor;

-- What of each file was applied last: a file of ../functions that has changed since is applied again, one of ../tables is refused.
create table parley.schema_files (
  file text primary key,
  digest text not null check (digest ~ '^[0-9a-f]{64}$')
);

-- -------------------------------------------------------------------------------------------------- streams and entries

create table parley.streams (
  id text primary key check (id ~ '^(pgm|prj)_[a-z2-7]{16}$'),
  kind text not null check (kind in ('programme', 'project')),
  programme text not null references parley.streams (id),
  version integer not null check (version >= 0),
  head text not null,
  last_at timestamptz not null,
  rules_version integer not null default 1
);
create index streams_programme on parley.streams (programme);

create table parley.events (
  stream text not null references parley.streams (id),
  version integer not null check (version > 0),
  type text not null,
  type_version integer not null,
  text text not null,
  hash text not null,
  prev text not null,
  at timestamptz not null,
  actor jsonb not null,
  data jsonb not null,
  appended_by text not null,
  primary key (stream, version),
  check (hash = encode(sha256(convert_to(text, 'UTF8')), 'hex'))
);
-- What functions look up among a project's entries is found by its type, however long the project is. Only these types are kept in
-- order, so that other entries cost nothing more.
create index events_about_data on parley.events (stream, type) where type in (
  'RequestSent', 'RequestAnswered', 'DepositInvited', 'DepositReceived', 'DepositAccepted', 'DepositRefused',
  'ReleaseSealed', 'ReleaseDestroyed', 'AnalysisRegistered', 'ClarificationAsked', 'ExceptionProposed', 'CoreTeamNamed');
create index events_about_evidence on parley.events (stream, type, (data ->> 'evidence')) where type in (
  'EvidenceRecorded', 'EvidenceFileStored', 'AudienceChanged');

-- -------------------------------------------------------------------------------------------- which way a type comes in

-- Which role may append which type with `append_events`. What is missing here is written only by the functions
-- that check more: record_decision, record_account_decision and the gate's.
create table parley.append_whitelist (
  role text not null,
  type text not null,
  primary key (role, type)
);

-- Decisions that only record_account_decision writes, beyond those it has always written. `roles`: what the person must
-- hold one of, now; empty means anybody on the roster. `of_holder`: a person of the holder of the request it names.
-- `attests`: said by a registrar about somebody of their own organisation, and never by the administrator.
create table parley.account_decisions (
  type text primary key,
  roles text[] not null,
  of_holder boolean not null default false,
  attests boolean not null default false
);

-- What people decide by link; each type has its checks in entry_by_link.
create table parley.link_decisions (type text primary key);

-- -------------------------------------------------------------------------------------- what people sign, and free text

-- Erasing sets bytes to NULL and keeps the id.
create table parley.content (
  id text primary key check (id ~ '^[0-9a-f]{64}$'),
  bytes bytea check (bytes is null or id = encode(sha256(bytes), 'hex'))
);

-- The text behind a commitment (sha256 of salt, a zero byte, and the text as UTF-8). Erasing sets salt and text to NULL.
create table parley.openings (
  commitment text primary key check (commitment ~ '^[0-9a-f]{64}$'),
  salt text,
  text text,
  check ((salt is null) = (text is null)),
  check (text is null or commitment = encode(sha256(convert_to(salt, 'UTF8') || '\x00'::bytea || convert_to(text, 'UTF8')), 'hex'))
);

grant select on parley.streams, parley.events, parley.content, parley.openings
  to parley_api, parley_portal, parley_worker, parley_courier, parley_auditor;
grant insert on parley.content, parley.openings to parley_api, parley_portal, parley_worker;
