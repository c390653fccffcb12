-- What a shock reorders, and whom each stream may be waiting for (B47, T13): nothing is left out, only asked first.

alter table parley.project_view add column tempo text not null default 'ROUTINE';
create index project_view_by_tempo on parley.project_view (programme, tempo desc, id);

-- Anybody of the organisation (of any, where there is none) with one of these roles; null: a person is named.
alter table parley.move_view add column roles jsonb;

-- Rows of streams that are there already are written anew from the ledger after every migration.

-- Mails of a project in a shock go out first.
alter table parley.outbox add column urgent boolean not null default false;
drop index parley.outbox_pending;
create index outbox_pending on parley.outbox (kind, urgent desc, id) where done_at is null;

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
  perform write_views(p_views);
end $$;
