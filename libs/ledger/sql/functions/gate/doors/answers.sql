-- The doors: the only ways to a permit, a read, an open deposit and a recorded result. Each locks the project, asks the
-- gate with what is committed by then, and appends its entry in the same transaction; only the worker may call them.
-- They answer {"ok": true, "entries": […], …} or {"ok": false, "refusal": {…}}.

create or replace function parley.gate_closed(rule text, missing jsonb, remedy text) returns jsonb
language sql immutable set search_path = parley, pg_temp as $$
  select jsonb_set(refused('CONFLICT', rule, (select string_agg(m->>'reason', '; ') from jsonb_array_elements(missing) m), remedy),
                   '{refusal,missing}', missing)
$$;

create or replace function parley.gate_reason(rule text, reason text) returns jsonb
language sql immutable set search_path = parley, pg_temp as $$
  select jsonb_build_object('rule', rule, 'reason', reason, 'waitingFor', '[]'::jsonb, 'since', null)
$$;

create or replace function parley.gate_reasons(a_project text, a_release text, moment timestamptz) returns jsonb
language sql stable set search_path = parley, pg_temp as $$
  select jsonb_agg(gate_reason(rule, reason)) from gate_missing(a_project, a_release, moment)
$$;

-- The data of the one entry a door lets through.
create or replace function parley.gate_only_entry(texts text[], a_type text) returns jsonb
language plpgsql immutable set search_path = parley, pg_temp as $$
begin
  if cardinality(texts) <> 1 or texts[1]::jsonb->>'type' is distinct from a_type then
    raise exception 'FOREIGN_TYPE: this takes exactly one entry, %', a_type using errcode = 'PA002';
  end if;
  return texts[1]::jsonb->'data';
end $$;
