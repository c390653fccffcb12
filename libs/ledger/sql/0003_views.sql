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
  primary key (stream, id)
);
create index project_view_programme on parley.project_view (programme, stream);

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
  primary key (stream, id)
);
create index move_view_person on parley.move_view (person) where person is not null;
create index move_view_organisation on parley.move_view (organisation);

-- One round trip per command: for each table, the rows that went and the rows as they now are.
create function parley.write_views(changes jsonb) returns void
language plpgsql security definer set search_path = parley, pg_temp as $$
declare
  target text;
  change jsonb;
begin
  -- One branch per table instead of one statement for all: what is written out is planned once per connection,
  -- what is put together at run time is planned at every call, which was most of a command's time in the database.
  for target, change in select key, value from jsonb_each(changes) loop
    case target
    when 'programme_view' then
      delete from programme_view t using jsonb_to_recordset(change -> 'gone') as g(stream text, id text) where t.stream = g.stream and t.id = g.id;
      insert into programme_view select * from jsonb_populate_recordset(null::programme_view, change -> 'rows');
    when 'organisation_view' then
      delete from organisation_view t using jsonb_to_recordset(change -> 'gone') as g(stream text, id text) where t.stream = g.stream and t.id = g.id;
      insert into organisation_view select * from jsonb_populate_recordset(null::organisation_view, change -> 'rows');
    when 'person_view' then
      delete from person_view t using jsonb_to_recordset(change -> 'gone') as g(stream text, id text) where t.stream = g.stream and t.id = g.id;
      insert into person_view select * from jsonb_populate_recordset(null::person_view, change -> 'rows');
    when 'project_view' then
      delete from project_view t using jsonb_to_recordset(change -> 'gone') as g(stream text, id text) where t.stream = g.stream and t.id = g.id;
      insert into project_view select * from jsonb_populate_recordset(null::project_view, change -> 'rows');
    when 'cycle_view' then
      delete from cycle_view t using jsonb_to_recordset(change -> 'gone') as g(stream text, id text) where t.stream = g.stream and t.id = g.id;
      insert into cycle_view select * from jsonb_populate_recordset(null::cycle_view, change -> 'rows');
    when 'checkpoint_view' then
      delete from checkpoint_view t using jsonb_to_recordset(change -> 'gone') as g(stream text, id text) where t.stream = g.stream and t.id = g.id;
      insert into checkpoint_view select * from jsonb_populate_recordset(null::checkpoint_view, change -> 'rows');
    when 'request_view' then
      delete from request_view t using jsonb_to_recordset(change -> 'gone') as g(stream text, id text) where t.stream = g.stream and t.id = g.id;
      insert into request_view select * from jsonb_populate_recordset(null::request_view, change -> 'rows');
    when 'release_view' then
      delete from release_view t using jsonb_to_recordset(change -> 'gone') as g(stream text, id text) where t.stream = g.stream and t.id = g.id;
      insert into release_view select * from jsonb_populate_recordset(null::release_view, change -> 'rows');
    when 'analysis_view' then
      delete from analysis_view t using jsonb_to_recordset(change -> 'gone') as g(stream text, id text) where t.stream = g.stream and t.id = g.id;
      insert into analysis_view select * from jsonb_populate_recordset(null::analysis_view, change -> 'rows');
    when 'move_view' then
      delete from move_view t using jsonb_to_recordset(change -> 'gone') as g(stream text, id text) where t.stream = g.stream and t.id = g.id;
      insert into move_view select * from jsonb_populate_recordset(null::move_view, change -> 'rows');
    else
      raise exception 'write_views: % is not a read model', target;
    end case;
  end loop;
end $$;
revoke all on function parley.write_views(jsonb) from public;
grant execute on function parley.write_views(jsonb) to parley_api, parley_portal, parley_worker, parley_courier;

-- Empties the read models of one stream, before its rows are written anew from the ledger.
create function parley.clear_views(of_stream text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  target text;
begin
  foreach target in array array['programme_view', 'organisation_view', 'person_view', 'project_view', 'cycle_view',
    'checkpoint_view', 'request_view', 'release_view', 'analysis_view', 'move_view'] loop
    execute format('delete from parley.%I where stream = $1', target) using of_stream;
  end loop;
end $$;
revoke all on function parley.clear_views(text) from public;

grant select on parley.programme_view, parley.organisation_view, parley.person_view, parley.project_view,
  parley.cycle_view, parley.checkpoint_view, parley.request_view, parley.release_view, parley.analysis_view,
  parley.move_view to parley_api, parley_auditor;
