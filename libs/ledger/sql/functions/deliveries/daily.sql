-- One mail a day, by a person's own wish or where an agreement says so: requests and reminders to sign, and word of what lapsed, wait
-- for its hour, and those of one person go out together.

create or replace function parley.keep_mail_wish(p_programme text, p_person text, p_at text, p_zone text) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if p_zone is not null and not exists (select from pg_timezone_names z where z.name = p_zone) then
    return refused('INVALID', 'TIME_ZONE', 'There is no such time zone.', 'Name one as IANA does, such as Europe/London.');
  end if;
  insert into mail_wishes values (p_programme, p_person, p_at, p_zone, wall_clock())
    on conflict (programme, person) do update set at = excluded.at, time_zone = excluded.time_zone, wished_at = excluded.wished_at;
  return jsonb_build_object('ok', true);
end $$;

-- Portal: for whoever shows a live or used link of theirs. API: for whoever shows their token.
create or replace function parley.wish_mail(p_token text, p_at text, p_zone text) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  link record;
begin
  select * into link from person_of_link(p_token);
  if not found then return refused('NOT_FOUND', 'LINK_DEAD', 'This link is not live.', 'Ask for a fresh link.'); end if;
  return keep_mail_wish(link.programme, link.person, p_at, p_zone);
end $$;
grant execute on function parley.wish_mail(text, text, text) to parley_portal;

create or replace function parley.wish_mail_by_account(p_secret text, p_at text, p_zone text) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  c record;
begin
  select * into c from find_account(p_secret);
  if not found or c.person is null then
    return refused('FORBIDDEN', 'NO_ACCOUNT', 'This token is unknown, expired, revoked, or no person''s.', 'Ask for a new one.');
  end if;
  return keep_mail_wish(c.programme, c.person, p_at, p_zone);
end $$;
grant execute on function parley.wish_mail_by_account(text, text, text) to parley_api;

-- What holds for a person now, and whether it is their own wish.
create or replace function parley.mail_wish_of(p_programme text, p_person text) returns jsonb
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select coalesce(
      (select jsonb_build_object('daily', w.at is not null, 'at', w.at, 'timeZone', w.time_zone, 'isOwn', true)
         from mail_wishes w where w.programme = p_programme and w.person = p_person),
      (select jsonb_build_object('daily', true, 'at', a.rules #>> '{oneMailADay,at}', 'timeZone', a.rules #>> '{oneMailADay,timeZone}', 'isOwn', false)
         from gate_agreements a where a.programme = p_programme and a.rules ? 'oneMailADay'
           and a.agreement = gate_agreement_signed(p_programme, wall_clock())),
      jsonb_build_object('daily', false, 'at', null, 'timeZone', null, 'isOwn', false))
  $$;

create or replace function parley.mail_wish_by_link(p_token text) returns jsonb
  language sql stable security definer set search_path = parley, pg_temp
  as $$ select mail_wish_of(l.programme, l.person) from person_of_link(p_token) l $$;
grant execute on function parley.mail_wish_by_link(text) to parley_portal;

create or replace function parley.mail_wish_by_account(p_secret text) returns jsonb
  language sql stable security definer set search_path = parley, pg_temp
  as $$ select mail_wish_of(c.programme, c.person) from find_account(p_secret) c where c.person is not null $$;
grant execute on function parley.mail_wish_by_account(text) to parley_api;

-- The next time at which clocks of the zone show so late.
create or replace function parley.next_at(p_time text, p_zone text, p_after timestamptz) returns timestamptz
  language sql stable set search_path = parley, pg_temp
  as $$
    select min(t) from (
      select (((p_after at time zone p_zone)::date + days) + p_time::time) at time zone p_zone as t from generate_series(0, 2) days) times
      where t > p_after
  $$;

-- Mails of a shock are never held, nor what would leave somebody less than two days to answer. A person's own wish decides where
-- they have one.
create or replace function parley.outbox_hold() returns trigger
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  owner constant text := programme_of(new.stream);
  wish jsonb;
  due timestamptz;
begin
  if new.urgent or not (exists (select from mail_wishes w where w.programme = owner and w.person = new.mail ->> 'person')
                        or exists (select from gate_agreements a where a.programme = owner and a.rules ? 'oneMailADay')) then
    return new;
  end if;
  wish := mail_wish_of(owner, new.mail ->> 'person');
  if not (wish ->> 'daily')::boolean then return new; end if;
  due := next_at(wish ->> 'at', wish ->> 'timeZone', wall_clock());
  if new.mail ->> 'purpose' <> 'ROUND_LAPSED' and exists (select from rounds r where r.stream = new.stream and r.checkpoint = new.mail ->> 'about'
               and r.round = (new.mail ->> 'round')::integer and r.deadline < due + interval '2 days') then
    return new;
  end if;
  new.digest_at := due;
  new.not_before := due;
  return new;
end $$;
create or replace trigger outbox_hold before insert on parley.outbox for each row
  when (new.kind = 'mail' and new.mail ->> 'purpose' in ('SIGN_REQUEST', 'SIGN_REMINDER', 'ROUND_LAPSED')) execute function parley.outbox_hold();

-- Courier: every row that goes out with this one; the first of them carries the others, and none was given up. None where it was not held.
create or replace function parley.digest_batch(p_id bigint) returns table (id text, stream text, mail jsonb)
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select b.id::text, b.stream, b.mail
      from outbox o join outbox b on b.mail ->> 'person' = o.mail ->> 'person'
      where o.id = p_id and o.digest_at is not null and b.done_at is null and b.digest_at <= wall_clock()
        and b.not_before < 'infinity'
      order by b.id
  $$;
grant execute on function parley.digest_batch(bigint) to parley_courier;
