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
