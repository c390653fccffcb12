-- Read models: what questions across projects need, derived from the ledger and rebuilt from it at will, and after every migration.
-- Instants are ISO text as in the entries: they compare as text, and a row equals its fold byte for byte (I10).

-- Read models: what questions across projects need, derived from the ledger and rebuilt from it at will.
-- Instants are ISO text as in the entries: they compare as text, and a row equals its fold byte for byte (I10).
create table parley.programme_view (
  stream text not null, id text not null,
  name text not null,
  agreement text,
  primary key (stream, id)
);

create table parley.organisation_view (
  stream text not null, id text not null,
  name text not null,
  commissioned_by jsonb not null,
  primary key (stream, id)
);

create table parley.person_view (
  stream text not null, id text not null,
  name text not null,
  organisation text not null,
  roles jsonb not null,
  since text not null,
  left_at text,
  primary key (stream, id)
);

create table parley.project_view (
  stream text not null, id text not null,
  programme text not null,
  title text not null,
  lead text not null,
  started_at text not null,
  suspended_since text,
  closed_at text,
  cycle text,
  tempo text not null default 'ROUTINE',
  primary key (stream, id)
);
create index project_view_by_tempo on parley.project_view (programme, tempo desc, id);
-- Lists of a programme's projects go by id: among ten thousand, a page of them is read in order instead of sorting all.
create index project_view_listed on parley.project_view (programme, id);

create table parley.cycle_view (
  stream text not null, id text not null,
  number integer not null,
  descends_from text,
  started_at text not null,
  question text,
  request_rounds integer not null,
  analysis_closed_at text,
  next text,
  primary key (stream, id)
);

create table parley.checkpoint_view (
  stream text not null, id text not null,
  kind text not null,
  round integer not null,
  subject text not null,
  subject_id text not null,
  core text not null,
  opened_at text not null,
  deadline text not null,
  asked integer not null,
  answered integer not null,
  lapsed_at text,
  voided_at text,
  primary key (stream, id)
);

create table parley.request_view (
  stream text not null, id text not null,
  cycle text not null,
  holder text not null,
  source text not null,
  tier text not null,
  sent_at text not null,
  deadline text not null,
  outcome text,
  answered_at text,
  lapsed_at text,
  withdrawn_at text,
  primary key (stream, id)
);

create table parley.release_view (
  stream text not null, id text not null,
  cycle text not null,
  wave integer not null,
  tier text not null,
  proposed_at text not null,
  expires text not null,
  sealed_at text,
  permitted_at text,
  permit_expires text,
  given_up_at text,
  destroyed_at text,
  primary key (stream, id)
);

create table parley.analysis_view (
  stream text not null, id text not null,
  cycle text not null,
  release text not null,
  method text not null,
  author text not null,
  registered_at text not null,
  outcome text,
  ended_at text,
  withheld_at text,
  primary key (stream, id)
);

create table parley.move_view (
  stream text not null, id text not null,
  what text not null,
  about text not null,
  round integer not null,
  person text,
  organisation text,
  since text not null,
  deadline text,
  -- Anybody of the organisation (of any, where there is none) with one of these roles; NULL: a person is named.
  roles jsonb,
  primary key (stream, id)
);
create index move_view_person on parley.move_view (person) where person is not null;
create index move_view_organisation on parley.move_view (organisation);

grant select on parley.programme_view, parley.organisation_view, parley.person_view, parley.project_view, parley.cycle_view,
  parley.checkpoint_view, parley.request_view, parley.release_view, parley.analysis_view, parley.move_view
  to parley_api, parley_courier, parley_auditor;
