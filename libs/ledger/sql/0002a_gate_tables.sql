-- What the database's own gate knows: owner-owned facts, filled from the events by a trigger and by nothing else.
-- The gate stands twice: the domain judges by folding the events in TypeScript, these tables and functions judge by
-- counting individual decisions in SQL. Nothing here is shared with the other one, so that a mistake in one is caught.
-- No process role may read or write these tables; the functions of 0002e are the only doors.

create table parley.gate_organisations (
  programme text not null,
  organisation text not null,
  commissioned_by text[] not null,
  primary key (programme, organisation)
);

-- A period during which a person held exactly these roles for an organisation. `since` <= t < `until`.
create table parley.gate_tenures (
  programme text not null,
  person text not null,
  organisation text not null,
  roles text[] not null,
  since timestamptz not null,
  until timestamptz,
  since_version bigint not null,
  primary key (programme, person, since_version)
);

create table parley.gate_agreements (
  programme text not null,
  agreement text not null,
  version bigint not null,
  core text not null,
  parties jsonb not null,
  rules jsonb not null,
  expires timestamptz not null,
  primary key (programme, agreement)
);

create table parley.gate_projects (
  project text primary key,
  programme text not null,
  closed_at timestamptz
);

create table parley.gate_suspensions (
  project text not null,
  since timestamptz not null,
  until timestamptz,
  version bigint not null,
  primary key (project, version)
);

create table parley.gate_ethics (
  project text not null,
  ethics text not null,
  expires timestamptz not null,
  ended_at timestamptz,
  primary key (project, ethics)
);

create table parley.gate_cycles (
  project text not null,
  cycle text not null,
  version bigint not null,
  primary key (project, cycle)
);

-- Versions of what a stage's checkpoint settles: questions, reflections, refinements.
create table parley.gate_papers (
  project text not null,
  stage text not null check (stage in ('question', 'reflection', 'refinement')),
  paper text not null,
  cycle text not null,
  core text not null,
  version bigint not null,
  primary key (project, stage, paper)
);

create table parley.gate_boundaries (
  project text not null,
  boundary text not null,
  core text not null,
  scope jsonb not null,
  expires timestamptz not null,
  version bigint not null,
  primary key (project, boundary)
);

create table parley.gate_benefits (
  project text not null,
  wave int not null,
  core text not null,
  version bigint not null,
  primary key (project, version)
);

-- What people or the lead said about a stage that no checkpoint settles.
create table parley.gate_stage_facts (
  project text not null,
  cycle text not null,
  stage text not null,
  fact text not null check (fact in ('SETTLED_EMPTY', 'CLOSED', 'REOPENED')),
  version bigint not null,
  primary key (project, version)
);

create table parley.gate_rounds (
  stream text not null,
  checkpoint text not null,
  round int not null,
  kind text not null,
  subject_type text not null,
  subject text not null,
  cycle text,
  wave int,
  core text not null,
  rule jsonb not null,
  asked jsonb not null,
  -- The proposer named in the event and the person whose command opened it: neither may approve.
  proposers text[] not null,
  opened_at timestamptz not null,
  opened_version bigint not null,
  lapsed_version bigint,
  -- The entry that opened a later round of the same checkpoint.
  replaced_version bigint,
  primary key (stream, checkpoint, round)
);
create index gate_rounds_by_kind on parley.gate_rounds (stream, kind, subject);

create table parley.gate_decisions (
  stream text not null,
  checkpoint text not null,
  round int not null,
  version bigint not null,
  person text not null,
  organisation text not null,
  choice text not null,
  core text not null,
  conditions jsonb not null,
  at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_version bigint,
  primary key (stream, checkpoint, round, version)
);
-- Withdrawals are few, and every renewal of a lease looks for them.
create index gate_decisions_withdrawn on parley.gate_decisions (stream, checkpoint, round)
  where withdrawn_at is not null;

create table parley.gate_requests (
  project text not null,
  request text not null,
  cycle text not null,
  request_round int not null,
  holder text not null,
  ask jsonb not null,
  version bigint not null,
  answered_by text,
  answered_at timestamptz,
  outcome text,
  given jsonb,
  given_expires timestamptz,
  lapsed_at timestamptz,
  withdrawn_at timestamptz,
  primary key (project, request)
);

create table parley.gate_deposits (
  project text not null,
  deposit text not null,
  request text not null,
  received_at timestamptz,
  accepted boolean,
  destroyed_at timestamptz,
  primary key (project, deposit)
);

create table parley.gate_releases (
  project text not null,
  release text not null,
  cycle text not null,
  request_round int not null,
  wave int not null,
  requests text[] not null,
  deposits text[] not null,
  tier text not null,
  purpose text not null,
  methods text[] not null,
  readers text[] not null,
  question text not null,
  boundary text not null,
  expires timestamptz not null,
  cites text[] not null,
  version bigint not null,
  sealed_core text,
  given_up_at timestamptz,
  destroyed_at timestamptz,
  primary key (project, release)
);

create table parley.gate_permits (
  project text not null,
  release text not null,
  wave int not null,
  core text not null,
  expires timestamptz not null,
  at timestamptz not null,
  version bigint not null,
  programme_version bigint not null,
  primary key (project, release)
);

create table parley.gate_analyses (
  project text not null,
  analysis text not null,
  cycle text not null,
  release text not null,
  method text not null,
  question text not null,
  boundary text not null,
  author text,
  reads int not null default 0,
  ended_at timestamptz,
  result_core text,
  withheld_at timestamptz,
  primary key (project, analysis)
);
