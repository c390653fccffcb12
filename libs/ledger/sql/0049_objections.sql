-- Objections of people whose data it is: recorded by account, by the holder of that deposit alone, and closing at the second gate
-- too. A release sealed afterwards was made without them.

insert into parley.account_decisions (type, roles, of_holder) values
  ('ObjectionRecorded', '{dataHolder,informationRiskOwner,dataCustodian}', true);

create table parley.gate_objections (
  project text not null,
  deposit text not null,
  version bigint not null,
  at timestamptz not null,
  primary key (project, version)
);
create index gate_objections_deposit on parley.gate_objections (project, deposit);

alter table parley.gate_releases add column sealed_at timestamptz;

create function parley.gate_fill_objections() returns trigger
language plpgsql security definer set search_path = parley, pg_temp as $$
begin
  if new.type = 'ReleaseSealed' then
    update gate_releases set sealed_at = new.at
     where project = new.stream and release = new.data ->> 'release';
  elsif exists (select from gate_deposits d where d.project = new.stream and d.deposit = new.data ->> 'deposit'
                   and d.request = new.data ->> 'request') then
    insert into gate_objections
    values (new.stream, new.data ->> 'deposit', new.version, new.at);
  else
    raise exception 'FOREIGN_DEPOSIT: % is no deposit of request %', new.data ->> 'deposit', new.data ->> 'request' using errcode = 'PA002';
  end if;
  return null;
end $$;
-- After gate_fill, by its name: the release's row is there before its sealing is noted.
create trigger gate_fill_objections after insert on parley.events for each row
  when (new.type in ('ReleaseSealed', 'ObjectionRecorded')) execute function parley.gate_fill_objections();

alter function parley.gate_is_withdrawn(text, text) rename to gate_is_withdrawn_by_decision;
create function parley.gate_is_withdrawn(a_project text, a_release text) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select gate_is_withdrawn_by_decision(a_project, a_release)
    or exists (
      select from gate_releases l join gate_objections o on o.project = l.project and o.deposit = any (l.deposits)
       where l.project = a_project and l.release = a_release and l.sealed_at is not null and o.at >= l.sealed_at)
$$;
revoke all on function parley.gate_is_withdrawn(text, text) from public;
