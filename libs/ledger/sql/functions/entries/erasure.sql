-- Erasing a person: decided by their own registrar, recorded, and carried out by the entry itself. Salt and text are
-- destroyed; the entries keep their commitments, so the log stays as it was signed.

-- What names a person anywhere in their programme: names, addresses, and the name they typed when they signed.
create or replace function parley.words_of(p_programme text, p_person text) returns setof text
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select distinct w.word
      from streams s join events e on e.stream = s.id
      cross join lateral (values (e.data ->> 'name'), (e.data ->> 'address'), (e.data ->> 'signedAs')) w (word)
      where s.programme = p_programme and e.data ->> 'person' = p_person and w.word ~ '^[0-9a-f]{64}$'
        and e.type <> 'PersonErased'
  $$;
grant execute on function parley.words_of(text, text) to parley_api, parley_auditor;

create or replace function parley.said_by(p_programme text, p_person text) returns setof text
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select distinct w.word #>> '{}'
      from streams s join events e on e.stream = s.id
      cross join lateral jsonb_path_query(e.data, '$.** ? (@.type() == "string" && @ like_regex "^[0-9a-f]{64}$")') w (word)
      where s.programme = p_programme and e.data ->> 'person' = p_person and e.type <> 'PersonErased'
        and exists (select from openings o where o.commitment = w.word #>> '{}')
  $$;
grant execute on function parley.said_by(text, text) to parley_api;

create or replace function parley.erase_person() returns trigger
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if exists (select jsonb_array_elements_text(new.data -> 'words')
             except (select words_of(new.stream, new.data ->> 'person') union select said_by(new.stream, new.data ->> 'person'))) then
    raise exception 'NOT_THEIR_WORDS: only what names % or was said by them is erased', new.data ->> 'person' using errcode = 'PA002';
  end if;
  update openings o set salt = null, text = null
    where o.commitment in (select jsonb_array_elements_text(new.data -> 'words'));
  delete from contacts c where c.programme = new.stream and c.person = new.data ->> 'person';
  return null;
end $$;
create or replace trigger erase_person after insert on parley.events for each row
  when (new.type = 'PersonErased') execute function parley.erase_person();

-- T10: under which pseudonyms somebody objected is known for as long as there is a deposit to leave them out of, and no longer.
create or replace function parley.erase_objectors() returns trigger
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  update openings o set salt = null, text = null
    from gate_objections g join events e on e.stream = g.project and e.version = g.version
   where g.project = new.stream and g.deposit = new.data ->> 'deposit' and o.commitment = e.data ->> 'who';
  return null;
end $$;
create or replace trigger erase_objectors after insert on parley.events for each row
  when (new.type = 'DepositDestroyed') execute function parley.erase_objectors();
