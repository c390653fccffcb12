-- Mail: ordered by the functions of links and codes, and taken by the courier.

create or replace function parley.order_mail(p_stream text, p_purpose text, p_person text, p_about text, p_round integer) returns void
  language sql volatile security definer set search_path = parley, pg_temp
  as $$
    insert into outbox (key, kind, stream, version, mail)
    select format('ask/%s/%s/%s/%s/%s/%s', p_stream, p_purpose, p_person, p_about, p_round, n), 'mail', p_stream, s.version,
           jsonb_build_object('purpose', p_purpose, 'person', p_person, 'about', p_about, 'round', p_round, 'count', n)
      -- Whichever mail brings a fresh link, it was asked for as one; the first mail of its kind went out unasked.
      from streams s, (select count(*) + 1 as n from asks a where a.person = p_person and a.purpose in (p_purpose, 'FRESH_LINK')) counted
      where s.id = p_stream
  $$;

-- Courier, in the sending attempt: a mail that still waits, with everything it says that no fold of the ledger knows: the present
-- address and its commitment, the names behind the ids it may mention (erased ones are missing), and whether it goes with the day's.
create or replace function parley.letter_to_send(p_id bigint)
  returns table (stream text, mail jsonb, ordered_at text, address text, name text, title text, organisations jsonb, commitment text, is_daily boolean)
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select o.stream, o.mail, instant(o.at), address_of(o.mail ->> 'person'), name_of(o.mail ->> 'person'),
           (select t.text from events e join openings t on t.commitment = coalesce(e.data ->> 'title', e.data ->> 'name')
              where e.stream = o.stream and e.version = 1),
           (select coalesce(jsonb_object_agg(x.organisation, t.text), '{}') from organisations x
              join openings t on t.commitment = x.name where x.programme = programme_of(o.stream) and t.text is not null),
           (select c.commitment from contacts c where c.person = o.mail ->> 'person' and c.effective_at <= wall_clock()
              order by c.effective_at desc, c.recorded_at desc limit 1),
           o.digest_at is not null
      from outbox o where o.id = p_id and o.kind = 'mail' and o.done_at is null
  $$;
grant execute on function parley.letter_to_send(bigint) to parley_courier;
