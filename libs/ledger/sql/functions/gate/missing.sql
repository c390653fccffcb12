-- B23: the whole gate, rule by rule. Each function `gate_lacks_…` says what one rule still lacks for a release, in words, and stands
-- in the file of ./rules that is named by the rule; no row means the rule is met. Unknown means closed: a lookup that finds nothing is
-- a reason, never a pass (I13).

-- Everything that stands between a release and its permit. No row: the gate is open. Published data alone needs no grant, wave or
-- TRUST, but its legal check; a linked release needs all that other data needs, and the legal check besides.
create or replace function parley.gate_missing(a_project text, a_release text, moment timestamptz)
returns table (rule text, reason text)
language plpgsql stable set search_path = parley, pg_temp as $$
declare
  r gate_releases;
begin
  select * into r from gate_releases g where g.project = a_project and g.release = a_release;
  if r.release is null then
    return query select 'RELEASE', format('the release %s is unknown', a_release);
  elsif gate_is_published_only(r) then
    return query
      select 'PROJECT', m from gate_lacks_project(a_project) m
      union all select 'RELEASE', m from gate_lacks_release(r, moment) m
      union all select 'AGREEMENT', m from gate_lacks_agreement(a_project, moment) m
      union all select 'QUESTION', m from gate_lacks_own_question(r, moment) m
      union all select 'LEGAL_CHECK', m from gate_lacks_legal_check(r, moment) m
      union all select 'DEPOSIT', m from gate_lacks_deposit(r) m
      union all select 'SEALED', m from gate_lacks_seal(r) m;
  else
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
      union all select 'SEALED', m from gate_lacks_seal(r) m
      union all select 'TRUST', m from gate_lacks_trust(r, moment) m
      union all select 'WAVE', m from gate_lacks_wave(r) m
      union all select 'BENEFIT', m from gate_lacks_benefit(r, moment) m
      union all select 'RATIONALE', m from gate_lacks_rationale(r) m
      union all select 'SAFE_PEOPLE', m from gate_lacks_safe_people(r, moment) m
      union all select 'LEGAL_FILE', m from gate_lacks_legal_file(r) m
      union all select 'LEGAL_CHECK', m from gate_lacks_legal_check(r, moment) m;
  end if;
end $$;
