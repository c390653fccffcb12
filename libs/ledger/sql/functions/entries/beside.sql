-- What a command writes beside its entries, in one trip, planned once per connection: contents, texts, outbox, read models.

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
