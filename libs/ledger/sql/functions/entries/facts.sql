-- The facts that appending and deciding look up, filled from each entry as it is inserted, in the same transaction.

-- Keeps what the decision functions check by: who is who, which rounds are open, which decisions stand.
create or replace function parley.ledger_fill() returns trigger
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  d jsonb := new.data;
begin
  case new.type
    when 'CheckpointOpened' then
      update rounds r set ended_at = new.at
        where r.stream = new.stream and r.checkpoint = d ->> 'checkpoint' and r.ended_at is null;
      insert into rounds values (new.stream, d ->> 'checkpoint', (d ->> 'round')::integer, d ->> 'kind', d -> 'subject',
        d #>> '{content,core}', d #>> '{content,cover}', d ->> 'proposer', d -> 'asked', (d ->> 'needsCode')::boolean,
        (d ->> 'deadline')::timestamptz, null);
    when 'CoverChanged' then
      update rounds r set cover = d ->> 'cover'
        where r.stream = new.stream and r.checkpoint = d ->> 'checkpoint' and r.round = (d ->> 'round')::integer;
    when 'RoundLapsed' then
      update rounds r set ended_at = new.at
        where r.stream = new.stream and r.checkpoint = d ->> 'checkpoint' and r.round = (d ->> 'round')::integer;
    when 'DecisionRecorded' then
      insert into decisions values (new.stream, new.version, d ->> 'checkpoint', (d ->> 'round')::integer, d ->> 'person',
        d ->> 'organisation', d ->> 'choice', d ->> 'core', null);
    when 'DecisionWithdrawn' then
      update decisions x set withdrawn_at = new.at
        where x.stream = new.stream and x.checkpoint = d ->> 'checkpoint' and x.round = (d ->> 'round')::integer
          and x.person = d ->> 'person' and x.withdrawn_at is null;
    when 'OrganisationAdded' then
      insert into organisations values (new.stream, d ->> 'organisation', d ->> 'name');
    when 'PersonAttested' then
      insert into people values (new.stream, d ->> 'person', d ->> 'organisation', text_array(d -> 'roles'), d ->> 'name', d ->> 'address', true)
        on conflict (programme, person) do update
          set organisation = excluded.organisation, roles = excluded.roles, name = excluded.name, address = excluded.address, is_present = true;
    when 'RolesChanged' then
      update people p set roles = text_array(d -> 'roles') where p.programme = new.stream and p.person = d ->> 'person';
    when 'AddressChanged' then
      update people p set address = d ->> 'address' where p.programme = new.stream and p.person = d ->> 'person';
      update links l set void_at = new.at where l.programme = new.stream and l.person = d ->> 'person' and l.void_at is null;
    when 'PersonLeft' then
      update people p set is_present = false where p.programme = new.stream and p.person = d ->> 'person';
      update links l set void_at = new.at where l.programme = new.stream and l.person = d ->> 'person' and l.void_at is null;
      update credentials c set revoked_at = new.at where c.programme = new.stream and c.person = d ->> 'person' and c.revoked_at is null;
    when 'RequestSent' then
      insert into requests values (new.stream, d ->> 'request', d ->> 'holder');
    else null;
  end case;
  return null;
end $$;
create or replace trigger ledger_fill after insert on parley.events for each row execute function parley.ledger_fill();

-- Where people are asked in turns, the worker says when the next are asked, and with it the deadline they have.
create or replace function parley.ledger_fill_turns() returns trigger
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  update rounds r set deadline = (new.data ->> 'deadline')::timestamptz
    where r.stream = new.stream and r.checkpoint = new.data ->> 'checkpoint' and r.round = (new.data ->> 'round')::integer;
  return null;
end $$;
create or replace trigger ledger_fill_turns after insert on parley.events for each row
  when (new.type = 'TurnBegun') execute function parley.ledger_fill_turns();

-- A change of address that has not taken effect is called off by the registrar who may change it: mail goes on to the old one.
create or replace function parley.ledger_fill_cancelled() returns trigger
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  delete from contacts c where c.programme = new.stream and c.person = new.data ->> 'person'
    and c.commitment = new.data ->> 'address' and c.effective_at > new.at;
  if not found then
    raise exception 'NOT_PENDING: no change to this address waits to take effect' using errcode = 'PA002';
  end if;
  update people p set address = new.data ->> 'stays' where p.programme = new.stream and p.person = new.data ->> 'person';
  return null;
end $$;
create or replace trigger ledger_fill_cancelled after insert on parley.events for each row
  when (new.type = 'AddressChangeCancelled') execute function parley.ledger_fill_cancelled();

-- ----------------------------- who is asked, once a sign-off was handed on: for the decision functions and for the gate

create or replace function parley.delegate_asked(asked jsonb, d jsonb) returns jsonb
  language sql immutable set search_path = parley, pg_temp
  as $$
    select asked || jsonb_build_object('person', d ->> 'to', 'organisation', d ->> 'organisation', 'slots', d -> 'slots',
                                       'onBehalfOf', d ->> 'person', 'until', d ->> 'until')
  $$;

-- Taking back shortens the time; the entry stays, so that what was signed in time goes on being counted.
create or replace function parley.delegation_ended(asked jsonb, d jsonb, moment text) returns jsonb
  language sql immutable set search_path = parley, pg_temp
  as $$
    select jsonb_agg(case when a ->> 'onBehalfOf' = d ->> 'person' and moment::timestamptz < (a ->> 'until')::timestamptz
                       then a || jsonb_build_object('until', moment) else a end order by n)
      from jsonb_array_elements(asked) with ordinality e (a, n)
  $$;

create or replace function parley.fill_delegation() returns trigger
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  d jsonb := new.data;
begin
  update rounds r set asked = case new.type when 'SigningDelegated' then delegate_asked(r.asked, d) else delegation_ended(r.asked, d, instant(new.at)) end
    where r.stream = new.stream and r.checkpoint = d ->> 'checkpoint' and r.round = (d ->> 'round')::integer;
  update gate_rounds r set asked = case new.type when 'SigningDelegated' then delegate_asked(r.asked, d) else delegation_ended(r.asked, d, instant(new.at)) end
    where r.stream = new.stream and r.checkpoint = d ->> 'checkpoint' and r.round = (d ->> 'round')::integer;
  return null;
end $$;
create or replace trigger fill_delegation after insert on parley.events for each row
  when (new.type in ('SigningDelegated', 'DelegationTakenBack')) execute function parley.fill_delegation();
