-- Read models, written with each command and anew after a migration.

-- One round trip per command: for each table, the rows that went and the rows as they now are.
create or replace function parley.write_views(changes jsonb) returns void
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
grant execute on function parley.write_views(jsonb) to parley_api, parley_portal, parley_worker, parley_courier;

-- Empties the read models of one stream, before its rows are written anew from the ledger.
create or replace function parley.clear_views(of_stream text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  target text;
begin
  foreach target in array array['programme_view', 'organisation_view', 'person_view', 'project_view', 'cycle_view',
    'checkpoint_view', 'request_view', 'release_view', 'analysis_view', 'move_view'] loop
    execute format('delete from parley.%I where stream = $1', target) using of_stream;
  end loop;
end $$;
