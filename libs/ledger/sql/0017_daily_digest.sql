-- One mail a day, where an agreement says so: requests and reminders to sign wait for its hour, and those of one person go out together.

alter table parley.outbox add column digest_at timestamptz;
create index outbox_digest on parley.outbox ((mail ->> 'person')) where done_at is null and digest_at is not null;

-- The next time at which clocks of the zone show so late.
create function parley.next_at(p_time text, p_zone text, p_after timestamptz) returns timestamptz
  language sql stable set search_path = parley, pg_temp
  as $$
    select min(t) from (
      select (((p_after at time zone p_zone)::date + days) + p_time::time) at time zone p_zone as t from generate_series(0, 2) days) times
      where t > p_after
  $$;

-- Mails of a shock are never held, nor what would leave somebody less than two days to answer.
create function parley.outbox_hold() returns trigger
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  owner constant text := programme_of(new.stream);
  daily jsonb;
  due timestamptz;
begin
  if new.urgent or not exists (select from gate_agreements a where a.programme = owner and a.rules ? 'oneMailADay') then
    return new;
  end if;
  select a.rules -> 'oneMailADay' into daily from gate_agreements a
    where a.programme = owner and a.agreement = gate_agreement_signed(owner, wall_clock());
  if daily is null then return new; end if;
  due := next_at(daily ->> 'at', daily ->> 'timeZone', wall_clock());
  if exists (select from rounds r where r.stream = new.stream and r.checkpoint = new.mail ->> 'about'
               and r.round = (new.mail ->> 'round')::integer and r.deadline < due + interval '2 days') then
    return new;
  end if;
  new.digest_at := due;
  new.not_before := due;
  return new;
end $$;
create trigger outbox_hold before insert on parley.outbox for each row
  when (new.kind = 'mail' and new.mail ->> 'purpose' in ('SIGN_REQUEST', 'SIGN_REMINDER')) execute function parley.outbox_hold();

-- Courier: every row that goes out with this one; the first of them carries the others. None where it was not held.
create function parley.digest_batch(p_id bigint) returns table (id text, stream text, mail jsonb)
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select b.id::text, b.stream, b.mail
      from outbox o join outbox b on b.mail ->> 'person' = o.mail ->> 'person'
      where o.id = p_id and o.digest_at is not null and b.done_at is null and b.digest_at <= wall_clock()
      order by b.id
  $$;

revoke all on function parley.next_at(text, text, timestamptz), parley.outbox_hold(), parley.digest_batch(bigint) from public;
grant execute on function parley.digest_batch(bigint) to parley_courier;
