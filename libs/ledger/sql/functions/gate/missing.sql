-- B23: the whole gate, rule by rule. Each function `gate_lacks_…` of ./rules says what one rule still lacks for a release, in words;
-- no row means the rule is met. Unknown means closed: a lookup that finds nothing is a reason, never a pass (I13).

-- B23: everything that stands between a release and its permit. No row: the gate is open.
create or replace function parley.gate_missing_before_safe_people(a_project text, a_release text, moment timestamptz)
returns table (rule text, reason text)
language plpgsql stable set search_path = parley, pg_temp as $$
declare
  r gate_releases;
begin
  select * into r from gate_releases g where g.project = a_project and g.release = a_release;
  if r.release is null then
    return query select 'RELEASE', format('the release %s is unknown', a_release);
    return;
  end if;
  return query
    select 'PROJECT', m from gate_lacks_project(a_project) m
    union all select 'RELEASE', m from gate_lacks_release(r, moment) m
    union all select 'AGREEMENT', m from gate_lacks_agreement(a_project, moment) m
    union all select 'ETHICS', m from gate_lacks_ethics(a_project, moment) m
    union all select 'BOUNDARY', m from gate_lacks_boundary(r, moment) m
    union all select 'GRANT', m from gate_lacks_grant(r, moment) m
    union all select 'DEPOSIT', m from gate_lacks_deposit(r) m
    union all select 'EARLIER_STAGE', m from gate_lacks_stage(r, moment) m
    union all select 'QUESTION', m from gate_lacks_question(r, moment) m
    union all select 'SEALED', 'the release has not been materialised and sealed' where r.sealed_core is null
    union all select 'TRUST', m from gate_lacks_trust(r, moment) m
    union all select 'WAVE', 'an earlier request round was permitted since; propose the release anew'
               where r.wave <> gate_wave(r)
    union all select 'BENEFIT', m from gate_lacks_benefit(r, moment) m
    union all select 'RATIONALE', m from gate_lacks_rationale(r) m;
end $$;

create or replace function parley.gate_missing_before_legal_file(a_project text, a_release text, moment timestamptz)
returns table (rule text, reason text)
language sql stable set search_path = parley, pg_temp as $$
  select m.rule, m.reason from gate_missing_before_safe_people(a_project, a_release, moment) m
  union all
  select 'SAFE_PEOPLE', m
    from gate_releases r cross join lateral gate_lacks_safe_people(r, moment) m
   where r.project = a_project and r.release = a_release
$$;

create or replace function parley.gate_missing_of_granted(a_project text, a_release text, moment timestamptz)
returns table (rule text, reason text)
language sql stable set search_path = parley, pg_temp as $$
  select m.rule, m.reason from gate_missing_before_legal_file(a_project, a_release, moment) m
  union all
  select 'LEGAL_FILE', m
    from gate_releases r cross join lateral gate_lacks_legal_file(r) m
   where r.project = a_project and r.release = a_release
$$;

create or replace function parley.gate_missing(a_project text, a_release text, moment timestamptz)
returns table (rule text, reason text)
language plpgsql stable set search_path = parley, pg_temp as $$
declare
  r gate_releases;
begin
  select * into r from gate_releases g where g.project = a_project and g.release = a_release;
  if gate_is_published_only(r) is not true then
    return query select m.rule, m.reason from gate_missing_of_granted(a_project, a_release, moment) m
      union all select 'LEGAL_CHECK', m from gate_lacks_legal_check(r, moment) m;
    return;
  end if;
  return query
    select 'PROJECT', m from gate_lacks_project(a_project) m
    union all select 'RELEASE', m from gate_lacks_release(r, moment) m
    union all select 'AGREEMENT', m from gate_lacks_agreement(a_project, moment) m
    union all select 'QUESTION', m from gate_lacks_own_question(r, moment) m
    union all select 'LEGAL_CHECK', m from gate_lacks_legal_check(r, moment) m
    union all select 'DEPOSIT', m from gate_lacks_deposit(r) m
    union all select 'SEALED', 'the release has not been materialised and sealed' where r.sealed_core is null;
end $$;
