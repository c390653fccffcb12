-- Erasing a person: decided by their own registrar, recorded, and carried out by the entry itself. Salts, texts, signed contents and
-- keys are destroyed; the entries keep commitments and ids, so the log stays as it was signed. What of each column is erased, and
-- why the rest is not, stands in ../../../erasure/README.md.

-- Whose words the texts of an entry are: of whoever confirms, of whom it is about or attributed to, otherwise of whoever acted.
create or replace function parley.author_of(e parley.events) returns text
  language sql immutable set search_path = parley, pg_temp
  as $$
    select coalesce(case when e.type = 'DecisionCountersigned' then e.data ->> 'by' end, e.data ->> 'person',
                    e.data #>> '{attribution,person}', e.actor ->> 'person')
  $$;

-- What names people anywhere in their programme: names, addresses, contacts, and the name they typed when they signed.
create or replace function parley.names_in(p_programme text) returns table (person text, word text)
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select distinct author_of(e), w.word
      from streams s join events e on e.stream = s.id
      cross join lateral (values (e.data ->> 'name'), (e.data ->> 'address'), (e.data ->> 'contact'), (e.data ->> 'signedAs')) w (word)
      where s.programme = p_programme and e.data ? 'person' and w.word ~ '^[0-9a-f]{64}$' and e.type <> 'PersonErased'
  $$;

create or replace function parley.words_of(p_programme text, p_person text) returns setof text
  language sql stable security definer set search_path = parley, pg_temp
  as $$ select n.word from names_in(p_programme) n where n.person = p_person $$;
grant execute on function parley.words_of(text, text) to parley_api, parley_auditor;

-- Every text and signed content of a programme with the entries that name it, but for names of people, organisations, programme and
-- projects: those are erased with whom they name, or not at all.
create or replace function parley.digests_in(p_programme text)
  returns table (digest text, stream text, version integer, type text, author text)
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select w.word #>> '{}', e.stream, e.version, e.type, author_of(e)
      from streams s join events e on e.stream = s.id
      cross join lateral jsonb_path_query(e.data, '$.** ? (@.type() == "string" && @ like_regex "^[0-9a-f]{64}$")') w (word)
      where s.programme = p_programme
        and e.type not in ('PersonErased', 'OrganisationAdded', 'ProgrammeStarted', 'ProjectStarted')
        and (w.word #>> '{}') not in (select n.word from names_in(p_programme) n)
  $$;

create or replace function parley.said_by(p_programme text, p_person text) returns setof text
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select distinct d.digest from digests_in(p_programme) d join openings o on o.commitment = d.digest
      where d.author = p_person
  $$;
grant execute on function parley.said_by(text, text) to parley_api;

-- Files of evidence that a person recorded, or that are attributed to them.
create or replace function parley.files_of(p_programme text, p_person text) returns setof text
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select s.id || '/' || k.evidence
      from streams s join evidence_key_parts k on k.stream = s.id
      join events e on e.stream = s.id and e.type = 'EvidenceRecorded' and e.data ->> 'evidence' = k.evidence
      where s.programme = p_programme and author_of(e) = p_person
  $$;
grant execute on function parley.files_of(text, text) to parley_api;

-- API: texts of others, and signed contents, in which a person's name or address occurs, each with the first entry that names it: the
-- registrar is shown where, and reads them only as far as they may. Once the name is erased, nothing is found.
create or replace function parley.mentions_of(p_programme text, p_person text)
  returns table (digest text, stream text, version integer, type text)
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    with known as materialized (
      select o.text as word from openings o where o.commitment in (select words_of(p_programme, p_person)) and length(o.text) > 2)
    select distinct on (d.digest) d.digest, d.stream, d.version, d.type
      from digests_in(p_programme) d
      left join openings o on o.commitment = d.digest
      left join content c on c.id = d.digest
      where (d.author is distinct from p_person or c.id is not null)
        and exists (select from known k where position(lower(k.word) in lower(coalesce(o.text, convert_from(c.bytes, 'UTF8')))) > 0)
      order by d.digest, d.stream, d.version
  $$;
grant execute on function parley.mentions_of(text, text) to parley_api;

-- What is still being signed is read by people who have to decide on it: it is replaced by another version first.
create or replace function parley.is_being_signed(p_content text, moment timestamptz) returns boolean
  language sql stable security definer set search_path = parley, pg_temp
  as $$ select exists (select from rounds r where p_content in (r.core, r.cover) and r.ended_at is null and moment < r.deadline) $$;

create or replace function parley.check_erasure(e parley.events) returns void
  language plpgsql stable security definer set search_path = parley, pg_temp
  as $$
declare
  who text := e.data ->> 'person';
  signing text;
begin
  if exists (select jsonb_array_elements_text(e.data -> 'words')
             except (select words_of(e.stream, who) union select said_by(e.stream, who))) then
    raise exception 'NOT_THEIR_WORDS: only what names % or was said by them is erased as theirs', who using errcode = 'PA002';
  end if;
  if exists (select jsonb_array_elements_text(e.data -> 'about') except select d.digest from digests_in(e.stream) d) then
    raise exception 'NOT_RECORDED_HERE: only texts and contents of this programme are erased, and nobody else''s name' using errcode = 'PA002';
  end if;
  if exists (select jsonb_array_elements_text(e.data -> 'files') except select files_of(e.stream, who)) then
    raise exception 'NOT_THEIR_FILES: only files that % recorded, or that are attributed to them, are erased', who using errcode = 'PA002';
  end if;
  select a.id into signing from jsonb_array_elements_text(e.data -> 'about') a (id) where is_being_signed(a.id, e.at) limit 1;
  if signing is not null then
    raise exception 'STILL_SIGNED: % is being signed; put up another version first', signing using errcode = 'PA004';
  end if;
end $$;

create or replace function parley.erase_person() returns trigger
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  who text := new.data ->> 'person';
  gone text[] := array(select jsonb_array_elements_text(new.data -> 'words') union select jsonb_array_elements_text(new.data -> 'about'));
begin
  perform check_erasure(new);
  update openings o set salt = null, text = null where o.commitment = any (gone);
  update content c set bytes = null where c.id = any (gone);
  update evidence_key_parts k set part = null, destroyed_at = new.at
    where k.stream || '/' || k.evidence in (select jsonb_array_elements_text(new.data -> 'files'));
  delete from sign_ins i where exists (
    select from contacts c where c.programme = new.stream and c.person = who and lower(c.address) = lower(i.address));
  delete from contacts c where c.programme = new.stream and c.person = who;
  delete from asks a where a.person = who;
  delete from mail_wishes m where m.programme = new.stream and m.person = who;
  delete from bounces b where b.programme = new.stream and b.person = who;
  delete from idempotency i where i.actor like '%"' || who || '"%' or i.body::text like '%"' || who || '"%';
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
