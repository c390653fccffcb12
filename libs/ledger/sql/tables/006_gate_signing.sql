-- What the database's own gate knows of people and of what they signed: facts filled from the entries by a trigger and by nothing
-- else. The gate stands twice: the domain judges by folding the entries in TypeScript, these tables and functions judge by
-- counting individual decisions in SQL. Nothing here is shared with the other one, so that a mistake in one is caught.
-- No process role may read or write these tables; the functions of ../functions/gate/doors are the only ways in.

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

create table parley.gate_safe_people (
  programme text not null,
  person text not null,
  training_expires timestamptz,
  undertaken_at timestamptz,
  declared_at timestamptz,
  primary key (programme, person)
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

-- ------------------------------------------------------------------------------------------- rounds and who signed them

-- Somebody whose signature may count, with the roles it counts for.
create type parley.gate_signer as (person text, organisation text, roles text[]);

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
  withdrawn_mode text,
  primary key (stream, checkpoint, round, version)
);
-- Withdrawals are few, and every renewal of a lease looks for them.
create index gate_decisions_withdrawn on parley.gate_decisions (stream, checkpoint, round)
  where withdrawn_at is not null;

-- Recorded approvals nobody has confirmed. They leave gate_decisions for this table, and come back as decisions of the entry that
-- confirms them: whatever the gate counts, it counts from there on, with the roles held then.
create table parley.gate_pending (
  stream text not null,
  checkpoint text not null,
  round int not null,
  person text not null,
  organisation text not null,
  choice text not null,
  core text not null,
  conditions jsonb not null,
  recorded_by text not null,
  primary key (stream, checkpoint, round, person)
);

-- When a round settled is history, and is noted as it happens: a permit asks it of every stage of every earlier cycle. What is not
-- noted is worked out as ever, so the notes decide nothing; they are struck out where what they rest on is still written before them.
create table parley.gate_settlements (
  stream text not null,
  checkpoint text not null,
  round int not null,
  version bigint not null,
  at timestamptz not null,
  primary key (stream, checkpoint, round)
);
create index gate_settlements_by_time on parley.gate_settlements (at);
