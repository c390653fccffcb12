-- Evidence (B7): what people say of it for themselves alone, who reads it, and the database's part of each file's key.

-- What stands in the entry that recorded an item, and its present audience.
create or replace function parley.evidence_facts(p_stream text, p_evidence text,
    out author text, out kind text, out participants text[], out audience text)
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select e.actor ->> 'person', e.data ->> 'kind', text_array(e.data -> 'participants'),
           coalesce((select x.data ->> 'audience' from events x where x.stream = p_stream and x.type = 'AudienceChanged'
                       and x.data ->> 'evidence' = p_evidence order by x.version desc limit 1), e.data ->> 'audience')
      from events e where e.stream = p_stream and e.type = 'EvidenceRecorded' and e.data ->> 'evidence' = p_evidence
  $$;

-- API: what each person says for themselves alone: agreeing to notes, consenting to research use and taking that back, and
-- who reads what they recorded. Written only on showing that person's own token.
create or replace function parley.record_own_word(p_secret text, p_texts text[]) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  c credentials;
  stream text := p_texts[1]::jsonb ->> 'stream';
  entry_text text;
  entry jsonb;
  item record;
begin
  c := live_credential(p_secret);
  if c.person is null then
    return refused('FORBIDDEN', 'NO_ACCOUNT', 'This token is unknown, expired, revoked, or no person''s.', 'Ask for a new one.');
  end if;
  if not c.scopes && array['*', 'write'] then
    return refused('FORBIDDEN', 'SCOPES', 'This token may only read.', 'Use a token with the scope "write".');
  end if;
  if stream like 'prj%' then perform lock_project(stream); else perform lock_programme(stream); end if;
  if c.programme is distinct from programme_of(stream)
     or not exists (select from people p where p.programme = c.programme and p.person = c.person and p.is_present) then
    return refused('FORBIDDEN', 'NOT_ON_ROSTER', 'This person is not on the roster of this programme.', 'Ask the registrar of the organisation.');
  end if;
  foreach entry_text in array p_texts loop
    entry := entry_text::jsonb;
    select * into item from evidence_facts(stream, entry #>> '{data,evidence}');
    if entry #>> '{actor,person}' is distinct from c.person
       or (case when entry ->> 'type' = 'AudienceChanged' then item.author else entry #>> '{data,person}' end) is distinct from c.person then
      raise exception 'FOREIGN_PERSON: the account is not this person''s' using errcode = 'PA002';
    end if;
  end loop;
  return appended(stream, p_texts,
    array['NotesAgreed', 'ResearchUseConsented', 'ResearchUseWithdrawn', 'AudienceChanged'], array['person']);
end $$;
grant execute on function parley.record_own_word(text, text[]) to parley_api;

-- ---------------------------------------------------------------------------------------------------------------- files

-- API: the part the file was sealed with, in the transaction that records the file, and never another.
create or replace function parley.store_evidence_part(p_stream text, p_evidence text, p_part bytea) returns void
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if not exists (select from events e where e.stream = p_stream and e.type = 'EvidenceFileStored' and e.data ->> 'evidence' = p_evidence) then
    raise exception 'NOT_RECORDED: no file of % is recorded', p_evidence using errcode = 'PA002';
  end if;
  insert into evidence_key_parts values (p_stream, p_evidence, p_part, null);
end $$;
grant execute on function parley.store_evidence_part(text, text, bytea) to parley_api;

-- Whether a person reads an item: the domain's rule (libs/domain/evidence/rules.ts), written a second time.
create or replace function parley.reads_evidence(p_programme text, p_stream text, p_evidence text, p_person text) returns boolean
  language plpgsql stable security definer set search_path = parley, pg_temp
  as $$
declare
  item record;
  who people;
  team text[];
begin
  select * into item from evidence_facts(p_stream, p_evidence);
  select * into who from people p where p.programme = p_programme and p.person = p_person and p.is_present;
  if item.author is null or who.person is null then return false; end if;
  if item.author = p_person or item.audience in ('PARTNERS', 'PUBLIC') then return true; end if;
  if p_person = any (item.participants) and (item.audience <> 'AUTHOR' or item.kind = 'MINUTES') then return true; end if;
  if item.audience <> 'CORE_TEAM' then return false; end if;
  select text_array(e.data -> 'members') into team from events e
    where e.stream = p_programme and e.type = 'CoreTeamNamed' order by e.version desc limit 1;
  return 'auditor' = any (who.roles) or p_person = any (coalesce(team, array[]::text[]));
end $$;

-- API: the part of a file's key for a person who shows their token and reads the item. NULL for everyone else.
create or replace function parley.open_evidence(p_secret text, p_stream text, p_evidence text) returns bytea
  language plpgsql stable security definer set search_path = parley, pg_temp
  as $$
declare
  c credentials;
begin
  c := live_credential(p_secret);
  if c.person is null or c.programme is distinct from programme_of(p_stream)
     or not reads_evidence(c.programme, p_stream, p_evidence, c.person) then
    return null;
  end if;
  return (select k.part from evidence_key_parts k where k.stream = p_stream and k.evidence = p_evidence);
end $$;
grant execute on function parley.open_evidence(text, text, text) to parley_api;

-- Keyed with what is stored of a token, which only whoever holds the token can compute, and no role can read.
create or replace function parley.link_proof(p_hash bytea, p_about text) returns bytea
  language sql immutable set search_path = parley, pg_temp
  as $$ select sha256(p_hash || sha256(p_hash || convert_to(p_about, 'UTF8'))) $$;

-- API: the part of a file's key for a person who reads it, on proof of a link of theirs that is not older than it says. NULL for
-- everyone else.
create or replace function parley.open_evidence_by_link(p_person text, p_stream text, p_evidence text, p_until text, p_proof bytea) returns bytea
  language plpgsql stable security definer set search_path = parley, pg_temp
  as $$
declare
  link links;
begin
  if p_until::timestamptz not between wall_clock() and wall_clock() + interval '2 minutes' then return null; end if;
  select * into link from links l
    where l.person = p_person and l.programme = programme_of(p_stream) and l.void_at is null and l.expires > wall_clock()
      and l.purpose <> 'ACCESS'
      and link_proof(l.hash, concat_ws(' ', p_person, p_stream, p_evidence, p_until)) = p_proof
    limit 1;
  if not found or not reads_evidence(link.programme, p_stream, p_evidence, p_person) then return null; end if;
  return (select k.part from evidence_key_parts k where k.stream = p_stream and k.evidence = p_evidence);
end $$;
grant execute on function parley.open_evidence_by_link(text, text, text, text, bytea) to parley_api;
