-- Rounds whose people are asked in turns: the worker says when the next are asked, and with it the deadline they have.

insert into parley.append_whitelist (role, type) values ('parley_worker', 'TurnBegun');

create function parley.ledger_fill_turns() returns trigger
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  update rounds r set deadline = (new.data ->> 'deadline')::timestamptz
    where r.stream = new.stream and r.checkpoint = new.data ->> 'checkpoint' and r.round = (new.data ->> 'round')::integer;
  return null;
end $$;
create trigger ledger_fill_turns after insert on parley.events for each row
  when (new.type = 'TurnBegun') execute function parley.ledger_fill_turns();
revoke all on function parley.ledger_fill_turns() from public;

-- A change of address that has not taken effect is called off by the registrar who may change it: mail goes on to the old one.
insert into parley.account_decisions (type, roles, attests) values ('AddressChangeCancelled', '{registrar}', true);

create function parley.ledger_fill_cancelled() returns trigger
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
create trigger ledger_fill_cancelled after insert on parley.events for each row
  when (new.type = 'AddressChangeCancelled') execute function parley.ledger_fill_cancelled();
revoke all on function parley.ledger_fill_cancelled() from public;
