-- What everything waits for, in as few trips to the database as can be, and planned once per connection.

-- What a command writes beside its entries; nothing, if the entries were refused. With the caller's own rights.
create function parley.write_beside(answer jsonb, p_stream text, p_ids text[], p_bytes bytea[], p_openings jsonb, p_outbox jsonb, p_views jsonb)
  returns void language plpgsql set search_path = parley, pg_temp
  as $$
begin
  if not (answer ->> 'ok')::boolean then return; end if;
  insert into content (id, bytes) select c.id, c.bytes from unnest(p_ids, p_bytes) c (id, bytes) on conflict do nothing;
  insert into openings (commitment, salt, text)
    select o.commitment, o.salt, o.text from jsonb_to_recordset(p_openings) o (commitment text, salt text, text text)
    on conflict do nothing;
  insert into outbox (key, kind, stream, version, mail)
    select m.key, m.kind, p_stream, m.version, m.mail
      from jsonb_to_recordset(p_outbox) m (key text, kind text, version integer, mail jsonb);
  perform write_views(p_views);
end $$;

-- What `begin_command` answers, for whoever shows a link to this stream, with the link as it stands under the lock.
-- Unknown and expired tokens, access links and links to other streams give no row, and lock nothing.
create function parley.begin_by_link(p_token text, p_stream text, known_programme integer, known_project integer)
  returns table (link jsonb, programme text, programme_version integer, programme_head text, programme_entries text[],
                 project text, project_version integer, project_head text, project_entries text[], now text)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if not exists (select from find_link(p_token) f where f.stream = p_stream and f.purpose <> 'ACCESS') then return; end if;
  if p_stream like 'prj%' then perform lock_project(p_stream); else perform lock_programme(p_stream); end if;
  -- A new statement, so what committed while we waited for the lock is seen.
  return query select to_jsonb(f), r.* from find_link(p_token) f, read_stream(p_stream, known_programme, known_project) r;
end $$;

revoke all on function parley.write_beside(jsonb, text, text[], bytea[], jsonb, jsonb, jsonb),
  parley.begin_by_link(text, text, integer, integer) from public;
grant execute on function parley.write_beside(jsonb, text, text[], bytea[], jsonb, jsonb, jsonb)
  to parley_api, parley_portal, parley_worker;
grant execute on function parley.begin_by_link(text, text, integer, integer) to parley_portal;

-- Courier, in the sending attempt: a mail that still waits, with everything it says that no fold of the ledger knows:
-- the present address, and the names behind the ids it may mention. Erased names are missing.
create function parley.mail_to_send(p_id bigint)
  returns table (stream text, mail jsonb, ordered_at text, address text, name text, title text, organisations jsonb)
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select o.stream, o.mail, instant(o.at), address_of(o.mail ->> 'person'), name_of(o.mail ->> 'person'),
           (select t.text from events e join openings t on t.commitment = coalesce(e.data ->> 'title', e.data ->> 'name')
              where e.stream = o.stream and e.version = 1),
           (select coalesce(jsonb_object_agg(x.organisation, t.text), '{}') from organisations x
              join openings t on t.commitment = x.name where x.programme = programme_of(o.stream) and t.text is not null)
      from outbox o where o.id = p_id and o.kind = 'mail' and o.done_at is null
  $$;
revoke all on function parley.mail_to_send(bigint) from public;
grant execute on function parley.mail_to_send(bigint) to parley_courier;
