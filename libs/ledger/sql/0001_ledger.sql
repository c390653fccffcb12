-- The ledger: append-only streams of events, the content people sign, links, codes and credentials, the outbox.
-- No process role may INSERT into, UPDATE or DELETE from events: appending goes only through the functions below.
-- Every function pins its search_path; raised errors carry one of three codes:
--   PA001 somebody was faster: read again and retry · PA002 forbidden to this role or text · PA003 the text is malformed

alter default privileges for role parley_owner revoke execute on functions from public;
revoke all on schema parley from public;
grant usage on schema parley to parley_api, parley_portal, parley_worker, parley_courier, parley_auditor;

-- ---------------------------------------------------------------------------------------------------------- time

-- The database's clock in whole milliseconds. The one place that reads it: tests replace it to move time.
create function parley.wall_clock() returns timestamptz
  language sql volatile set search_path = parley, pg_temp
  as $$ select date_trunc('milliseconds', clock_timestamp()) $$;

-- An instant as entries write it: ISO 8601, UTC, milliseconds, Z.
create function parley.instant(moment timestamptz) returns text
  language sql stable set search_path = parley, pg_temp
  as $$ select to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;

-- -------------------------------------------------------------------------------------------------- event store

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

create function parley.refuse_change() returns trigger
  language plpgsql set search_path = parley, pg_temp
  as $$
begin
  raise exception 'IMMUTABLE: % on %.% is refused; what was recorded stays recorded', tg_op, tg_table_schema, tg_table_name
    using errcode = 'PA002';
end $$;

create trigger events_immutable before update or delete on parley.events
  for each row execute function parley.refuse_change();
create trigger events_never_truncated before truncate on parley.events
  for each statement execute function parley.refuse_change();

-- Which role may append which type with `append_events`. What is missing here is written only by the functions
-- that check more: record_decision, record_account_decision and the gate's.
create table parley.append_whitelist (
  role text not null,
  type text not null,
  primary key (role, type)
);
insert into parley.append_whitelist (role, type)
select 'parley_api', unnest(array[
  'ProgrammeStarted', 'OrganisationAdded', 'DeputyNamed', 'AgreementProposed', 'CheckpointOpened', 'CoverChanged',
  'ProjectStarted', 'EthicsRecorded', 'EthicsEnded', 'CycleStarted', 'QuestionProposed', 'BoundaryProposed',
  'RequestSent', 'DepositReceived', 'ReleaseProposed', 'ReleaseGivenUp', 'BenefitProposed', 'AnalysisRegistered',
  'OutputWithheld', 'AnalysisStageClosed', 'StageSettledEmpty', 'StageReopened', 'InterpretationAdded',
  'InsightRecorded', 'ReflectionProposed', 'RefinementProposed', 'ProjectSuspended', 'ProjectResumed', 'ProjectClosed'])
union all
select 'parley_worker', unnest(array[
  'CheckpointOpened', 'Reminded', 'Escalated', 'RoundLapsed', 'StageAnnounced', 'RequestReminded', 'RequestLapsed',
  'DepositInvited', 'DepositAccepted', 'DepositRefused', 'DepositDestroyed', 'ReleaseSealed', 'AnalysisEnded',
  'ReleaseDestroyed']);

-- ------------------------------------------------------------------------------- what people sign, and free text

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

-- -------------------------------------------------------- facts the functions below decide by, filled by a trigger

create table parley.people (
  programme text not null,
  person text not null,
  organisation text not null,
  roles text[] not null,
  name text not null,
  address text not null,
  is_present boolean not null default true,
  primary key (programme, person)
);
create index people_person on parley.people (person);

create table parley.organisations (
  programme text not null,
  organisation text primary key,
  name text not null
);

create table parley.rounds (
  stream text not null,
  checkpoint text not null,
  round integer not null,
  kind text not null,
  subject jsonb not null,
  core text not null,
  cover text not null,
  proposer text not null,
  asked jsonb not null,
  needs_code boolean not null,
  deadline timestamptz not null,
  -- Set when the round lapsed or a later one of the same checkpoint was opened.
  ended_at timestamptz,
  primary key (stream, checkpoint, round)
);

-- I5: at most one effective decision per person and round.
create table parley.decisions (
  stream text not null,
  version integer not null,
  checkpoint text not null,
  round integer not null,
  person text not null,
  organisation text not null,
  choice text not null,
  core text not null,
  withdrawn_at timestamptz,
  primary key (stream, version)
);
create unique index decisions_effective on parley.decisions (stream, checkpoint, round, person) where withdrawn_at is null;

create table parley.requests (
  stream text not null,
  request text not null,
  holder text not null,
  primary key (stream, request)
);

-- ------------------------------------------------------------------------------------ contacts, links, credentials

-- Where mail for a person goes; kept apart from everything else and readable by the courier's function only.
create table parley.contacts (
  programme text not null,
  person text not null,
  commitment text not null,
  address text not null,
  effective_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (programme, person, commitment)
);
create index contacts_address on parley.contacts (programme, lower(address));

create table parley.links (
  hash bytea primary key,
  stream text not null references parley.streams (id),
  programme text not null references parley.streams (id),
  person text not null,
  purpose text not null check (purpose in ('SIGN', 'WITHDRAW', 'ACCESS')),
  checkpoint text not null,
  round integer not null,
  core text not null,
  created_at timestamptz not null,
  expires timestamptz not null,
  used_at timestamptz,
  void_at timestamptz
);
create index links_person on parley.links (person);

create table parley.codes (
  id bigint generated always as identity primary key,
  stream text not null,
  person text not null,
  salt bytea not null,
  hash bytea not null,
  -- [{"checkpoint": …, "round": …}]: the code decides these and nothing else.
  items jsonb not null,
  created_at timestamptz not null,
  expires timestamptz not null,
  tries integer not null default 0,
  consumed_at timestamptz
);
create index codes_person on parley.codes (person, stream);

-- Codes and fresh links asked for, counted so that nobody's mailbox is flooded.
create table parley.asks (
  id bigint generated always as identity primary key,
  person text not null,
  purpose text not null,
  -- The item it is about: stream/checkpoint/round.
  about text not null,
  at timestamptz not null
);
create index asks_person on parley.asks (person, purpose, about, at);

create table parley.administrators (
  id text primary key,
  email text not null unique,
  created_at timestamptz not null
);

create table parley.credentials (
  hash bytea primary key,
  programme text,
  person text,
  administrator text references parley.administrators (id),
  scopes text[] not null,
  created_at timestamptz not null,
  expires timestamptz not null,
  revoked_at timestamptz,
  check ((person is null) <> (administrator is null)),
  check ((person is null) = (programme is null))
);

-- ----------------------------------------------------------------------------------- outbox, requests made before

create table parley.outbox (
  id bigint generated always as identity primary key,
  key text not null unique,
  kind text not null check (kind in ('wake', 'mail')),
  stream text not null,
  version integer not null,
  mail jsonb check ((kind = 'mail') = (mail is not null)),
  attempts integer not null default 0,
  at timestamptz not null default parley.wall_clock(),
  not_before timestamptz not null default '-infinity',
  done_at timestamptz,
  failure text
);
create index outbox_pending on parley.outbox (kind, id) where done_at is null;

-- The version each stream's workflow has read: whatever is ahead of it is woken by the sweep.
create table parley.workflow_seen (
  stream text primary key references parley.streams (id),
  version integer not null
);

-- Idempotency-Key of the API: the first answer is given again.
create table parley.idempotency (
  actor text not null,
  key text not null,
  fingerprint text not null,
  status integer,
  body jsonb,
  at timestamptz not null default parley.wall_clock(),
  primary key (actor, key)
);

-- ------------------------------------------------------------------------------------- keys that open data, leases

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
