-- What closes the gates: a log that does not agree with its last signed head, or a database nobody has compared with it.

create or replace function parley.log_is_attested() returns boolean
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select exists (select from log_attested a where a.of_table = 'parley.log_attested'::regclass
                                                and a.of_start = pg_postmaster_start_time())
  $$;
grant execute on function parley.log_is_attested() to parley_courier;

create or replace function parley.log_attest() returns void
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if not log_is_attested() then
    insert into log_attested values (true, 'parley.log_attested'::regclass, pg_postmaster_start_time())
      on conflict (only_row) do update set of_table = excluded.of_table, of_start = excluded.of_start;
    perform log_wake('*');
  end if;
end $$;
grant execute on function parley.log_attest() to parley_courier;

-- I14: what waited at a closed gate asks again once it stands open.
create or replace function parley.log_wake(p_scope text) returns void
  language sql security definer set search_path = parley, pg_temp
  as $$
    insert into outbox (key, kind, stream, version)
      select format('wake/%s/%s/reopened/%s', s.id, s.version, instant(wall_clock())), 'wake', s.id, s.version
        from streams s where s.kind = 'project' and p_scope in ('*', s.id, s.programme)
    on conflict do nothing
  $$;

-- Who answers for what is closed, in each programme it is closed in: its auditors, and whoever leads. The operator's own people are told
-- besides (log_untold). A closure and its end each have a notice of their own, told apart by the second.
create or replace function parley.log_notify(p_purpose text, p_scope text, p_kind text) returns void
  language sql security definer set search_path = parley, pg_temp
  as $$
    insert into outbox (key, kind, stream, version, mail)
      select format('%s/%s/%s/%s/%s', p_purpose, s.id, p_kind, p.person, w.second), 'mail', s.id, s.version,
             jsonb_build_object('purpose', p_purpose, 'person', p.person, 'about', p_kind, 'round', 0, 'count', w.second)
        from (select extract(epoch from wall_clock())::integer as second) w,
          streams s join people p on p.programme = s.programme and p.is_present and p.address is not null
        where (s.id = p_scope or p_scope = '*' and s.kind = 'programme')
          and ('auditor' = any (p.roles)
               or s.kind = 'programme' and 'projectLead' = any (p.roles)
               or p.person = (select e.data ->> 'lead' from events e where e.stream = s.id and e.version = 1))
    on conflict (key) do nothing
  $$;

create or replace function parley.log_close(p_scope text, p_kind text, p_reason text) returns void
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  insert into log_closures (scope, kind, reason) values (p_scope, p_kind, p_reason) on conflict (scope, kind) do nothing;
  if found then
    perform log_notify('GATES_CLOSED', p_scope, p_kind);
  else
    update log_closures set reason = p_reason where scope = p_scope and kind = p_kind and reason <> p_reason;
  end if;
end $$;
grant execute on function parley.log_close(text, text, text) to parley_courier;

-- Lifts a closure whose cause is gone.
create or replace function parley.log_reopen(p_scope text, p_kind text) returns void
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  delete from log_closures c where c.scope = p_scope and c.kind = p_kind;
  if found then
    perform log_notify('GATES_OPEN', p_scope, p_kind);
    perform log_wake(p_scope);
  end if;
end $$;
grant execute on function parley.log_reopen(text, text) to parley_courier;

-- Why nothing may open in this project; null while nothing is wrong (I13: not compared is wrong, once heads were signed).
create or replace function parley.log_closed_because(p_project text) returns text
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select coalesce(
      (select string_agg(c.reason, '; ' order by c.scope) from log_closures c
        where c.scope in ('*', p_project, (select s.programme from streams s where s.id = p_project))),
      (select 'the database has not been compared with the last signed head of the log since it was started or restored'
        where exists (select from log_checkpoints) and not log_is_attested()))
  $$;
grant execute on function parley.log_closed_because(text) to parley_api, parley_worker, parley_courier, parley_auditor;

create or replace function parley.log_refuse_opening() returns trigger
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if log_closed_because(new.stream) is not null then
    raise exception 'LOG_CLOSED: nothing opens here: %', log_closed_because(new.stream) using errcode = 'PA004';
  end if;
  return new;
end $$;
-- Whatever lets data be seen: permits, reads, openings of deposits, and every renewal of a lease.
create or replace trigger log_refuse_opening before insert on parley.events for each row
  when (new.type in ('PermitGiven', 'ReadOpened', 'DepositOpened')) execute function parley.log_refuse_opening();
create or replace trigger log_refuse_lease before insert or update on parley.leases for each row
  execute function parley.log_refuse_opening();

create or replace function parley.log_untold() returns table (scope text, kind text, reason text, at timestamptz)
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select c.scope, c.kind, c.reason, c.at from log_closures c where c.told is distinct from c.reason order by c.at, c.scope limit 20
  $$;
grant execute on function parley.log_untold() to parley_courier;

create or replace function parley.log_told(p_scope text, p_kind text, p_reason text) returns void
  language sql security definer set search_path = parley, pg_temp
  as $$
    update log_closures set told = p_reason where scope = p_scope and kind = p_kind
  $$;
grant execute on function parley.log_told(text, text, text) to parley_courier;
