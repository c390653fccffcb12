-- What the database's own gate knows of projects: their course, their data, their permits and runs.

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
create index gate_papers_by_stage on parley.gate_papers (project, cycle, stage, version);

-- Who said what about sufficiency: a version of the question (which counts once signed), or a revocation at once.
create table parley.gate_sufficiency (
  project text not null,
  version bigint not null,
  question text,
  suffices boolean not null,
  -- Versions recorded before the chain say nothing about what they change, and revoke nothing.
  is_revision boolean not null,
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

create table parley.gate_boundaries (
  project text not null,
  boundary text not null,
  core text not null,
  scope jsonb not null,
  expires timestamptz not null,
  version bigint not null,
  primary key (project, boundary)
);

-- Versions of the file by the digest of their bytes, and which one each boundary was put up for LEGAL with.
create table parley.gate_legal_files (
  project text not null,
  file text not null,
  digest text not null,
  primary key (project, file)
);

create table parley.gate_boundary_files (
  project text not null,
  boundary text not null,
  file text not null,
  digest text not null,
  primary key (project, boundary)
);

create table parley.gate_benefits (
  project text not null,
  wave int not null,
  core text not null,
  version bigint not null,
  primary key (project, version)
);

-- ----------------------------------------------------------------------------------------------------------------- data

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
  withdrawn_mode text,
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

create table parley.gate_imports (
  project text not null,
  import text not null,
  organisation text not null,
  importer text not null,
  expires timestamptz not null,
  primary key (project, import)
);

create table parley.gate_legal_checks (
  project text not null,
  import text not null,
  person text not null,
  outcome text not null,
  at timestamptz not null,
  version bigint not null,
  primary key (project, version)
);

create table parley.gate_objections (
  project text not null,
  deposit text not null,
  version bigint not null,
  at timestamptz not null,
  objection text not null,
  primary key (project, version)
);
create index gate_objections_deposit on parley.gate_objections (project, deposit);

-- ------------------------------------------------------------------------------------------------------------- releases

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
  imports text[] not null default '{}',
  sealed_at timestamptz,
  -- The objections whose people are left out; null where the sealing was recorded before they were named.
  heeded text[],
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
