-- What the self-audit holds the gate's tables to (I10, I13): their rows of one stream, and notes that say otherwise than a count would.

-- Courier: nothing in it that its entries do not say, and those it may read.
create or replace function parley.gate_rows(p_stream text) returns table (name text, fact jsonb)
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select 'gate_organisations', to_jsonb(t) from gate_organisations t where t.programme = p_stream
    union all select 'gate_tenures', to_jsonb(t) from gate_tenures t where t.programme = p_stream
    union all select 'gate_safe_people', to_jsonb(t) from gate_safe_people t where t.programme = p_stream
    union all select 'gate_agreements', to_jsonb(t) from gate_agreements t where t.programme = p_stream
    union all select 'gate_rounds', to_jsonb(t) from gate_rounds t where t.stream = p_stream
    union all select 'gate_decisions', to_jsonb(t) from gate_decisions t where t.stream = p_stream
    union all select 'gate_pending', to_jsonb(t) from gate_pending t where t.stream = p_stream
    union all select 'gate_projects', to_jsonb(t) from gate_projects t where t.project = p_stream
    union all select 'gate_suspensions', to_jsonb(t) from gate_suspensions t where t.project = p_stream
    union all select 'gate_ethics', to_jsonb(t) from gate_ethics t where t.project = p_stream
    union all select 'gate_cycles', to_jsonb(t) from gate_cycles t where t.project = p_stream
    union all select 'gate_papers', to_jsonb(t) from gate_papers t where t.project = p_stream
    union all select 'gate_sufficiency', to_jsonb(t) from gate_sufficiency t where t.project = p_stream
    union all select 'gate_stage_facts', to_jsonb(t) from gate_stage_facts t where t.project = p_stream
    union all select 'gate_boundaries', to_jsonb(t) from gate_boundaries t where t.project = p_stream
    union all select 'gate_legal_files', to_jsonb(t) from gate_legal_files t where t.project = p_stream
    union all select 'gate_boundary_files', to_jsonb(t) from gate_boundary_files t where t.project = p_stream
    union all select 'gate_benefits', to_jsonb(t) from gate_benefits t where t.project = p_stream
    union all select 'gate_requests', to_jsonb(t) from gate_requests t where t.project = p_stream
    union all select 'gate_deposits', to_jsonb(t) from gate_deposits t where t.project = p_stream
    union all select 'gate_imports', to_jsonb(t) from gate_imports t where t.project = p_stream
    union all select 'gate_legal_checks', to_jsonb(t) from gate_legal_checks t where t.project = p_stream
    union all select 'gate_objections', to_jsonb(t) from gate_objections t where t.project = p_stream
    union all select 'gate_releases', to_jsonb(t) from gate_releases t where t.project = p_stream
    union all select 'gate_permits', to_jsonb(t) from gate_permits t where t.project = p_stream
    union all select 'gate_analyses', to_jsonb(t) from gate_analyses t where t.project = p_stream
  $$;
grant execute on function parley.gate_rows(text) to parley_courier;

create or replace function parley.gate_wrong_note(p_stream text) returns text
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select format('gate_settlements %s/%s', n.checkpoint, n.round) from gate_settlements n
      left join gate_rounds r on (r.stream, r.checkpoint, r.round) = (n.stream, n.checkpoint, n.round)
      left join lateral gate_settled_anew(r) c on true
     where n.stream = p_stream and (n.version, n.at) is distinct from (c.version, c.at)
     order by 1 limit 1
  $$;
grant execute on function parley.gate_wrong_note(text) to parley_courier;
