-- Opening a deposit, to check it, to materialise it, or, of what is published, to compare results with it.

-- What a deposit's opening lacks. A published file is opened while the agreement stands and nobody has said that it may not be used;
-- any other needs ethics, the boundary in force with these fields inside, and the grant.
create or replace function parley.gate_lacks_for_deposit(d parley.gate_deposits, moment timestamptz) returns table (rule text, reason text)
language plpgsql stable set search_path = parley, pg_temp as $$
declare
  b gate_boundaries;
begin
  return query select 'AGREEMENT', m from gate_lacks_agreement(d.project, moment) m;
  if exists (select from gate_imports i where i.project = d.project and i.import = d.request) then
    return query
      select 'LEGAL_CHECK', format('the import %s may not be used, or has expired', d.request)
       where gate_import_is_refused(d.project, array[d.request]) or gate_import_is_over(d.project, array[d.request], moment);
  else
    select * into b from gate_boundaries g where g.project = d.project and g.boundary = gate_boundary_signed(d.project);
    return query
      select 'ETHICS', m from gate_lacks_ethics(d.project, moment) m
      union all select 'BOUNDARY', 'no boundary is in force'
                 where b.boundary is null or gate_boundary_stands(b, moment) is not true
      union all select 'BOUNDARY', 'outside the boundary: ' || m from gate_fields_outside(d.project, array[d.request], b.scope) m
      union all select 'GRANT', format('no grant stands for request %s', q.request)
                  from gate_requests q
                 where q.project = d.project and q.request = d.request and not gate_grant_stands(q, moment);
  end if;
  return query select 'DEPOSIT', 'the deposit was not received, was refused or was destroyed'
                where d.received_at is null or d.accepted is false or d.destroyed_at is not null;
end $$;

-- I2: a deposit opens only while its grant and boundary stand; the wrapped key is handed out with the entry.
create or replace function parley.open_deposit(p_project text, p_texts text[]) returns jsonb
language plpgsql security definer set search_path = parley, pg_temp as $$
declare
  data jsonb;
  d gate_deposits;
  missing jsonb;
  key text;
begin
  perform lock_project(p_project);
  data := gate_only_entry(p_texts, 'DepositOpened');
  select * into d from gate_deposits g where g.project = p_project and g.deposit = data->>'deposit';
  select k.wrapped into key from deposit_keys k where k.stream = p_project and k.deposit = d.deposit;
  if key is null then
    missing := jsonb_build_array(gate_reason('DEPOSIT', 'the deposit is unknown, or its key was destroyed'));
  else
    select jsonb_agg(gate_reason(rule, reason)) into missing from gate_lacks_for_deposit(d, gate_now(p_project));
  end if;
  if missing is not null then
    return gate_closed('DEPOSIT_CLOSED', missing, 'A deposit opens only while agreement, ethics, boundary and grant stand.');
  end if;
  if coalesce(data->>'purpose' not in ('check', 'materialise', 'compare'), true) then
    raise exception 'ENTRY_MALFORMED: a deposit is opened to check, to materialise or to compare it' using errcode = 'PA003';
  end if;
  -- What a holder deposited is opened for its release alone; only what everybody may read is compared with results.
  if data->>'purpose' = 'compare' and not exists (select from gate_imports i where i.project = p_project and i.import = d.request) then
    raise exception 'ENTRY_MALFORMED: only published data is opened to compare it' using errcode = 'PA003';
  end if;
  return appended(p_project, p_texts, '{DepositOpened}', '{process}') || jsonb_build_object('wrapped', key);
end $$;
grant execute on function parley.open_deposit(text, text[]) to parley_worker;
