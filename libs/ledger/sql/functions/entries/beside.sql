-- What a command writes beside its entries, in one statement, planned once per connection: contents, texts, outbox, read models.

-- Nothing, if the entries were refused. With the caller's own rights. What leaves nothing for a workflow to look at orders no wake,
-- and counts as read where everything before it was.
create or replace function parley.write_beside(answer jsonb, p_stream text, p_ids text[], p_bytes bytea[], p_openings jsonb, p_outbox jsonb, p_views jsonb)
  returns void language plpgsql set search_path = parley, pg_temp
  as $$
begin
  if not (answer ->> 'ok')::boolean then return; end if;
  insert into content (id, bytes) select c.id, c.bytes from unnest(p_ids, p_bytes) c (id, bytes) on conflict do nothing;
  insert into openings (commitment, salt, text)
    select o.commitment, o.salt, o.text from jsonb_to_recordset(p_openings) o (commitment text, salt text, text text)
    on conflict do nothing;
  insert into outbox (key, kind, stream, version, mail, urgent)
    select m.key, m.kind, p_stream, m.version, m.mail, coalesce(m.urgent, false)
      from jsonb_to_recordset(p_outbox) m (key text, kind text, version integer, mail jsonb, urgent boolean);
  if not p_outbox @> '[{"kind": "wake"}]' then
    perform count_as_read(p_stream, (answer #>> '{entries,0,version}')::integer, jsonb_array_length(answer -> 'entries'));
  end if;
  perform write_views(p_views);
end $$;
grant execute on function parley.write_beside(jsonb, text, text[], bytea[], jsonb, jsonb, jsonb)
  to parley_api, parley_portal, parley_worker;

-- Only forward, and only what follows directly on what was read: a wake that is still to come reads the rest.
create or replace function parley.count_as_read(p_stream text, p_first integer, p_count integer) returns void
  language sql security definer set search_path = parley, pg_temp
  as $$
    update workflow_seen set version = p_first + p_count - 1
      where stream = p_stream and version = p_first - 1
        and exists (select from streams s where s.id = p_stream and s.version = p_first + p_count - 1)
  $$;
grant execute on function parley.count_as_read(text, integer, integer) to parley_api, parley_portal, parley_worker;

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
