-- Facts that the functions for appending and deciding look up, filled from each entry by a trigger and by nothing else.
-- No process role may read or write them.

create table parley.people (
  programme text not null,
  person text not null,
  organisation text not null,
  roles text[] not null,
  name text not null,
  -- NULL: a person without e-mail (T15).
  address text,
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
create index rounds_asked on parley.rounds using gin (asked jsonb_path_ops) where ended_at is null;

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
