-- What the courier takes from the outbox, and mail that is ordered by the functions of links and codes.

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

-- Courier, in the sending attempt: the mails of a job that still wait, with everything they say that no fold of the ledger knows: the
-- present address and its commitment, the names behind the ids one may mention (erased ones are missing), and whether it goes with the day's.
create or replace function parley.letters_to_send(p_ids bigint[])
  returns table (id bigint, stream text, mail jsonb, ordered_at text, address text, name text, title text, organisations jsonb, commitment text, is_daily boolean)
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select o.id, o.stream, o.mail, instant(o.at), address_of(o.mail ->> 'person'), name_of(o.mail ->> 'person'),
           (select t.text from events e join openings t on t.commitment = coalesce(e.data ->> 'title', e.data ->> 'name')
              where e.stream = o.stream and e.version = 1),
           (select coalesce(jsonb_object_agg(x.organisation, t.text), '{}') from organisations x
              join openings t on t.commitment = x.name where x.programme = programme_of(o.stream) and t.text is not null),
           (select c.commitment from contacts c where c.person = o.mail ->> 'person' and c.effective_at <= wall_clock()
              order by c.effective_at desc, c.recorded_at desc limit 1),
           o.digest_at is not null
      from outbox o where o.id = any (p_ids) and o.kind = 'mail' and o.done_at is null
  $$;
grant execute on function parley.letters_to_send(bigint[]) to parley_courier;

-- Courier: rows that are due, held for `p_held` so that no other courier takes them; mails that are taken for the first time form the
-- job `p_job`. What a workflow has read already needs no wake. A receipt carries the proof that a signed head of the log holds its
-- entry: there is nothing to write before. A function, since what it does is planned once per connection, and costs less than its plan.
create or replace function parley.take_outbox(p_kind text, p_limit integer, p_held interval, p_job text)
  returns table (id bigint, kind text, stream text, version integer, mail jsonb, attempts integer, urgent boolean, job text,
                 at timestamptz, answered boolean)
  language plpgsql volatile set search_path = parley, pg_temp
  as $$
#variable_conflict use_column
begin
  return query
    update outbox o set not_before = wall_clock() + p_held, attempts = o.attempts + 1,
        done_at = case when o.kind = 'wake' and exists (
          select from workflow_seen w where w.stream = o.stream and w.version >= o.version) then wall_clock() end,
        job = coalesce(o.job, case when o.kind = 'mail' then p_job end)
      where o.id in (
        select p.id from outbox p
          where p.done_at is null and p.kind = p_kind and p.not_before <= wall_clock()
            and (p.mail ->> 'purpose' is distinct from 'SIGN_RECEIPT' or exists (
              select from log_entries e where e.stream = p.stream and e.version = p.version
                and e.position < (select max(c.size) from log_checkpoints c)))
          order by p.urgent desc, p.id limit p_limit for update skip locked)
      returning o.id, o.kind, o.stream, o.version, o.mail, o.attempts, o.urgent, o.job, o.at, o.done_at is not null;
end $$;
grant execute on function parley.take_outbox(text, integer, interval, text) to parley_courier;
