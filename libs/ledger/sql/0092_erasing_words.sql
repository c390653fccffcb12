-- Erasing a person may go further than what names them: to everything they said under their own name, the reasons of their
-- decisions and what they wrote in interpretations, hypotheses and comments. What was decided, and that a reason was given, stays.

create function parley.said_by(p_programme text, p_person text) returns setof text
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select distinct w.word #>> '{}'
      from streams s join events e on e.stream = s.id
      cross join lateral jsonb_path_query(e.data, '$.** ? (@.type() == "string" && @ like_regex "^[0-9a-f]{64}$")') w (word)
      where s.programme = p_programme and e.data ->> 'person' = p_person and e.type <> 'PersonErased'
        and exists (select from openings o where o.commitment = w.word #>> '{}')
  $$;

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

revoke all on function parley.said_by(text, text), parley.erase_person() from public;
grant execute on function parley.said_by(text, text) to parley_api;
