-- What a shock reorders, and whom each stream may be waiting for (B47, T13): nothing is left out, only asked first.

alter table parley.project_view add column tempo text not null default 'ROUTINE';
create index project_view_by_tempo on parley.project_view (programme, tempo desc, id);

-- Anybody of the organisation (of any, where there is none) with one of these roles; null: a person is named.
alter table parley.move_view add column roles jsonb;

-- Projects that are there already: their tempo, and their lead, whose next step it may be; the rest of their rows comes
-- with their next entry.
update parley.project_view v set tempo = e.data ->> 'tempo'
  from parley.events e
  where e.stream = v.stream and e.type = 'TempoSet'
    and e.version = (select max(x.version) from parley.events x where x.stream = v.stream and x.type = 'TempoSet');
insert into parley.move_view (stream, id, what, about, round, person, since)
  select v.stream, 'LEAD/' || v.stream || '/' || v.lead, 'LEAD', v.stream, 0, v.lead, v.started_at
    from parley.project_view v where v.closed_at is null;

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
