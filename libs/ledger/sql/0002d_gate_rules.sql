-- B23 rule by rule. Each function `gate_lacks_…` says what one rule still lacks for a release, in words; no row means
-- the rule is met. Unknown means closed: a lookup that finds nothing is a reason, never a pass (I13).

-- `now` is the later of the database's clock and the last entries of both streams.
create function parley.gate_now(a_project text) returns timestamptz
language sql volatile set search_path = parley, pg_temp as $$
  select greatest(wall_clock(), project.last_at, programme.last_at)
    from streams project join streams programme on programme.id = project.programme
   where project.id = a_project
$$;

-- ------------------------------------------------------------------------------------- agreement and ethics (B5, B6)

-- The latest agreement every institution had signed by `moment`; a proposal changes nothing until then.
create function parley.gate_agreement_signed(a_programme text, moment timestamptz) returns text
language sql stable set search_path = parley, pg_temp as $$
  select a.agreement from gate_agreements a
   where a.programme = a_programme
     and (gate_settled(gate_round_about(a_programme, 'AGREEMENT', a.agreement, a.core))).at <= moment
   order by a.version desc limit 1
$$;

-- Signed, not expired, and no institution has taken its signature back.
create function parley.gate_agreement_in_force(a_programme text, moment timestamptz) returns text
language sql stable set search_path = parley, pg_temp as $$
  select a.agreement
    from gate_agreements a
    cross join lateral gate_round_about(a_programme, 'AGREEMENT', a.agreement, a.core) r
   where a.programme = a_programme and a.agreement = gate_agreement_signed(a_programme, moment)
     and moment < a.expires and gate_stands(r, moment) and not gate_taken_back(r)
$$;

create function parley.gate_lacks_agreement(a_project text, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select 'no collaboration agreement is in force'
   where gate_agreement_in_force(gate_programme(a_project), moment) is null
$$;

create function parley.gate_lacks_ethics(a_project text, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select 'no ethical approval is in force'
   where not exists (
     select from gate_ethics where project = a_project and ended_at is null and moment < expires)
$$;

create function parley.gate_lacks_project(a_project text) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select 'the project is closed' from gate_projects where project = a_project and closed_at is not null
  union all
  select 'the project is suspended' from gate_suspensions where project = a_project and until is null
  union all
  select 'the project is unknown' where not exists (select from gate_projects where project = a_project)
$$;

-- --------------------------------------------------------------------------------------------- boundaries (B41, B57)

create function parley.gate_boundary_round(b parley.gate_boundaries, a_kind text) returns parley.gate_rounds
language sql stable set search_path = parley, pg_temp as $$
  select * from gate_round_about(b.project, a_kind, b.boundary, b.core)
$$;

-- The latest boundary signed both as LEGAL and as ETHICAL: neither stands in for the other (T7), and a version stays
-- the current one until its amendment is signed.
create function parley.gate_boundary_signed(a_project text) returns text
language sql stable set search_path = parley, pg_temp as $$
  select b.boundary from gate_boundaries b
   where b.project = a_project
     and (gate_settled(gate_boundary_round(b, 'LEGAL'))).version is not null
     and (gate_settled(gate_boundary_round(b, 'ETHICAL'))).version is not null
   order by b.version desc limit 1
$$;

create function parley.gate_boundary_stands(b parley.gate_boundaries, moment timestamptz) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select moment < b.expires and bool_and(gate_stands(r, moment) and not gate_taken_back(r)) and count(*) = 2
    from unnest(array['LEGAL', 'ETHICAL']) kind
    cross join lateral gate_boundary_round(b, kind) r
   where r.stream is not null
$$;

create function parley.gate_lacks_boundary(r parley.gate_releases, moment timestamptz) returns setof text
language plpgsql stable set search_path = parley, pg_temp as $$
declare
  b gate_boundaries;
begin
  select * into b from gate_boundaries where project = r.project and boundary = r.boundary;
  if gate_boundary_signed(r.project) is distinct from r.boundary then
    return next format('the boundary %s is not the one in force', r.boundary);
  elsif gate_boundary_stands(b, moment) is not true then
    return next format('the boundary %s was withdrawn or has expired', r.boundary);
  end if;
  return query select 'outside the boundary: ' || beyond from gate_outside(r, b.scope) beyond;
end $$;

create function parley.gate_tier_rank(tier text) returns int
language sql immutable set search_path = parley, pg_temp as $$
  select array_position(array['AGGREGATE', 'DEIDENTIFIED', 'LINKED_DEIDENTIFIED'], tier)
$$;

-- What a grant lets in and out: the fields it lists, and whatever its two specifications name besides. Before an
-- answer, what was asked for. The row's pseudonym is nobody's field.
create function parley.gate_fields_of(q parley.gate_requests) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select jsonb_array_elements_text(coalesce(q.given->'fields', q.ask->'fields'))
  union
  select named
    from unnest(array[q.given->'depositAs', q.given->'releaseAs']) spec
    cross join lateral (
      select jsonb_array_elements_text((spec->'dimensions') || (spec->'sums'))
      union all
      select f->>'name' from jsonb_array_elements(spec->'fields') f where f->>'type' <> 'pseudonym') names(named)
   where q.given is not null
$$;

-- Fields of these requests that a boundary's scope does not list for their source.
create function parley.gate_fields_outside(a_project text, some_requests text[], scope jsonb) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select format('the field "%s" of source "%s"', field, q.ask->>'source')
    from gate_requests q
    cross join lateral gate_fields_of(q) field
   where q.project = a_project and q.request = any (some_requests)
     and not exists (
       select from jsonb_array_elements(scope->'sources') s
        where s->>'source' = q.ask->>'source' and s->>'holder' = q.holder and s->'fields' ? field)
$$;

-- What of a release lies outside a boundary's scope: anything there needs an amendment, signed afresh (T8).
create function parley.gate_outside(r parley.gate_releases, scope jsonb) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select 'the boundary says nothing' where scope is null
  union all
  select format('the purpose "%s"', r.purpose) where not scope->'purposes' ? r.purpose
  union all
  select format('the tier %s', r.tier)
   where (gate_tier_rank(r.tier) <= gate_tier_rank(scope->>'tier')) is not true
  union all
  select 'linkage' where r.tier = 'LINKED_DEIDENTIFIED' and (scope->'linkage')::boolean is not true
  union all
  select format('the method "%s"', method) from unnest(r.methods) method where not scope->'methods' ? method
  union all
  select format('the reader %s', reader) from unnest(r.readers) reader where not scope->'readers' ? reader
  union all
  select format('the expiry %s', instant(r.expires)) where r.expires > (scope->>'expires')::timestamptz
  union all
  select gate_fields_outside(r.project, r.requests, scope)
$$;

-- ----------------------------------------------------------------------------------------- grants and deposits (B27)

-- A grant stands: given by a dataHolder of the holder, not withdrawn, not expired.
create function parley.gate_grant_stands(q parley.gate_requests, moment timestamptz) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select coalesce(
    q.outcome in ('GRANTED', 'PARTLY_GRANTED') and q.given is not null and q.withdrawn_at is null
    and moment < q.given_expires
    and 'dataHolder' = any (gate_roles_at(gate_programme(q.project), q.answered_by, q.holder, q.answered_at)), false)
$$;

create function parley.gate_lacks_grant(r parley.gate_releases, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select 'the release rests on no request' where r.requests = '{}'
  union all
  select format('the request %s is unknown', id) from unnest(r.requests) id
   where not exists (select from gate_requests q where q.project = r.project and q.request = id)
  union all
  select format('no grant stands for request %s to %s', q.request, q.holder)
    from gate_requests q
   where q.project = r.project and q.request = any (r.requests) and not gate_grant_stands(q, moment)
  union all
  select format('request %s was granted as %s', q.request, q.given->>'tier')
    from gate_requests q
   where q.project = r.project and q.request = any (r.requests) and r.tier <> 'LINKED_DEIDENTIFIED'
     and gate_tier_rank(r.tier) > gate_tier_rank(q.given->>'tier')
$$;

create function parley.gate_lacks_deposit(r parley.gate_releases) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select format('no accepted deposit for request %s is part of this release', id) from unnest(r.requests) id
   where not exists (
     select from gate_deposits d
      where d.project = r.project and d.request = id and d.deposit = any (r.deposits)
        and d.received_at is not null and d.accepted and d.destroyed_at is null)
  union all
  select format('the deposit %s is not accepted, was destroyed or answers another request', id) from unnest(r.deposits) id
   where not exists (
     select from gate_deposits d
      where d.project = r.project and d.deposit = id and d.request = any (r.requests)
        and d.received_at is not null and d.accepted and d.destroyed_at is null)
$$;

-- ------------------------------------------------------------------------------------------------------ stages (B10)

create function parley.gate_paper_round(p parley.gate_papers) returns parley.gate_rounds
language sql stable set search_path = parley, pg_temp as $$
  select * from gate_round_about(p.project, upper(p.stage), p.paper, p.core)
$$;

-- Somebody said no, and those who have not answered can no longer meet the quorum. A rejected amendment changes nothing;
-- any other unsettled one, a lapsed one too, keeps the stage open until a person acts (I12).
create function parley.gate_was_rejected(r parley.gate_rounds, moment timestamptz) returns boolean
language plpgsql stable set search_path = parley, pg_temp as $$
declare
  latest constant bigint := 9223372036854775807;
  hoped gate_signer[];
begin
  if r.lapsed_version is not null or r.replaced_version is not null or (gate_settled(r)).version is not null
     or (select bool_or(d.choice = 'CHANGES_REQUESTED') or not bool_or(d.choice = 'REJECTED') from gate_decisions d
          where d.stream = r.stream and d.checkpoint = r.checkpoint and d.round = r.round and d.withdrawn_at is null)
        is not false then
    return false;
  end if;
  select coalesce(array_agg((a->>'person', a->>'organisation', roles)::gate_signer), '{}') into hoped
    from jsonb_array_elements(r.asked) a
    cross join lateral gate_roles_at(gate_programme(r.stream), a->>'person', a->>'organisation', moment) roles
   where cardinality(roles) > 0
     and not exists (select from gate_decisions d
                      where d.stream = r.stream and d.checkpoint = r.checkpoint and d.round = r.round
                        and d.person = a->>'person' and d.withdrawn_at is null);
  return not gate_meets(r, gate_required(r), gate_signers(r, 0, latest, latest, moment) || hoped);
end $$;

-- The version of a question, reflection or refinement that is settled; null while the stage is not.
create function parley.gate_paper_in_force(a_project text, a_cycle text, a_stage text, moment timestamptz) returns text
language plpgsql stable set search_path = parley, pg_temp as $$
declare
  p gate_papers;
  is_newest boolean := true;
begin
  for p in
    select * from gate_papers g where g.project = a_project and g.cycle = a_cycle and g.stage = a_stage
     order by g.version desc
  loop
    if gate_stands(gate_paper_round(p), moment) then return p.paper; end if;
    if is_newest and not gate_was_rejected(gate_paper_round(p), moment) then return null; end if;
    is_newest := false;
  end loop;
  return null;
end $$;

-- The last entry that said `a_fact` of a stage; 0 if none did.
create function parley.gate_last_fact(a_project text, a_cycle text, a_stage text, variadic facts text[]) returns bigint
language sql stable set search_path = parley, pg_temp as $$
  select coalesce(max(version), 0) from gate_stage_facts
   where project = a_project and cycle = a_cycle and stage = a_stage and fact = any (facts)
$$;

-- Every request of the cycle answered or lapsed, every grant used, every release permitted or given up, and a permit
-- in its latest round; or settled empty since it was last reopened.
create function parley.gate_data_request_settled(a_project text, a_cycle text) returns boolean
language plpgsql stable set search_path = parley, pg_temp as $$
declare
  reopened constant bigint := gate_last_fact(a_project, a_cycle, 'dataRequest', 'REOPENED');
begin
  if gate_last_fact(a_project, a_cycle, 'dataRequest', 'SETTLED_EMPTY') > reopened then return true; end if;
  return not exists (
      select from gate_requests q
       where q.project = a_project and q.cycle = a_cycle and q.withdrawn_at is null
         and case
               when q.outcome is null then q.lapsed_at is null
               when q.outcome = 'REFUSED' then false
               else not exists (select from gate_releases r
                                 where r.project = a_project and r.cycle = a_cycle and q.request = any (r.requests))
             end)
    and not exists (
      select from gate_releases r
       where r.project = a_project and r.cycle = a_cycle and r.given_up_at is null
         and not exists (select from gate_permits p where p.project = a_project and p.release = r.release))
    and exists (
      select from gate_permits p join gate_releases r using (project, release)
       where r.project = a_project and r.cycle = a_cycle
         and r.request_round = (select max(q.request_round) from gate_requests q
                                 where q.project = a_project and q.cycle = a_cycle and q.version > reopened));
end $$;

-- The lead closed it, no run is going, and each result is checked, withheld or quarantined.
create function parley.gate_analysis_settled(a_project text, a_cycle text) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select gate_last_fact(a_project, a_cycle, 'analysis', 'CLOSED', 'SETTLED_EMPTY')
       > gate_last_fact(a_project, a_cycle, 'analysis', 'REOPENED')
     and not exists (
       select from gate_analyses a
        where a.project = a_project and a.cycle = a_cycle and a.withheld_at is null
          and (a.ended_at is null
               or a.result_core is not null
                  and (gate_settled(gate_round_about(a_project, 'OUTPUT', a.analysis, a.result_core))).version is null
                  and not gate_is_withdrawn(a_project, a.release)))
$$;

create function parley.gate_stage_settled(a_project text, a_cycle text, a_stage text, moment timestamptz)
returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select case a_stage
    when 'dataRequest' then gate_data_request_settled(a_project, a_cycle)
    when 'analysis' then gate_analysis_settled(a_project, a_cycle)
    else gate_paper_in_force(a_project, a_cycle, a_stage, moment) is not null
  end
$$;

-- For a release, "earlier stages" are its cycle's question and all stages of earlier cycles.
create function parley.gate_lacks_stage(r parley.gate_releases, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select format('the cycle %s is unknown', r.cycle)
   where not exists (select from gate_cycles c where c.project = r.project and c.cycle = r.cycle)
  union all
  select format('%s of cycle %s is not settled', stage, c.cycle)
    from gate_cycles own
    join gate_cycles c on c.project = own.project and c.version <= own.version
    cross join unnest(array['question', 'dataRequest', 'analysis', 'reflection', 'refinement']) stage
   where own.project = r.project and own.cycle = r.cycle and (c.cycle <> own.cycle or stage = 'question')
     and not gate_stage_settled(r.project, c.cycle, stage, moment)
$$;

create function parley.gate_lacks_question(r parley.gate_releases, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select format('the release rests on question %s, which is not the one in force', r.question)
   where gate_paper_in_force(r.project, r.cycle, 'question', moment) is distinct from r.question
$$;

-- -------------------------------------------------------------------------------------------------- trust and benefit

create function parley.gate_lacks_trust(r parley.gate_releases, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select 'TRUST has not been given on exactly what is sealed'
   where gate_stands(gate_round_about(r.project, 'TRUST', r.release, r.sealed_core), moment) is not true
$$;

-- B22: one more than the earlier request rounds in which a permit was given.
create function parley.gate_wave(r parley.gate_releases) returns int
language sql stable set search_path = parley, pg_temp as $$
  select 1 + count(distinct earlier.request_round)::int
    from gate_permits p join gate_releases earlier using (project, release)
   where p.project = r.project and earlier.request_round < r.request_round
$$;

-- The account of earlier waves that is signed once per wave: the last one put up.
create function parley.gate_benefit_round(a_project text, a_wave int) returns parley.gate_rounds
language sql stable set search_path = parley, pg_temp as $$
  select (last).* from (
    select r as last from gate_rounds r
     where r.stream = a_project and r.kind = 'BENEFIT' and r.wave = a_wave
     order by r.opened_version desc limit 1) rounds
   where (last).core = (select b.core from gate_benefits b where b.project = a_project and b.wave = a_wave
                         order by b.version desc limit 1)
$$;

create function parley.gate_lacks_benefit(r parley.gate_releases, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select format('the benefit of the waves before %s is not signed', r.wave)
   where r.wave > 1 and gate_stands(gate_benefit_round(r.project, r.wave), moment) is not true
$$;

-- B24: a further wave cites releases of the waves before it.
create function parley.gate_lacks_rationale(r parley.gate_releases) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select 'a further wave must cite the releases it rests on'
   where r.wave > 1 and (r.cites = '{}' or exists (
     select from unnest(r.cites) cited
      where not exists (select from gate_permits p
                         where p.project = r.project and p.release = cited and p.wave < r.wave)))
$$;

create function parley.gate_lacks_release(r parley.gate_releases, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select 'the release was given up' where r.given_up_at is not null
  union all
  select 'the release was destroyed' where r.destroyed_at is not null
  union all
  select format('the release expired at %s', instant(r.expires)) where r.expires <= moment
$$;

-- ----------------------------------------------------------------------------------------------------------- the gate

-- B23: everything that stands between a release and its permit. No row: the gate is open.
create function parley.gate_missing(a_project text, a_release text, moment timestamptz)
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

-- ------------------------------------------------------------------------------------------------------- still open?

-- The withdrawal table: what closes a permitted release. A release without a permit has only its boundary, its grants
-- and the agreement to lose.
create function parley.gate_is_withdrawn(a_project text, a_release text) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select exists (
      select from gate_releases l
      join gate_rounds r on r.stream = l.project and (
             (r.kind in ('LEGAL', 'ETHICAL') and r.subject = l.boundary)
          or (r.kind = 'TRUST' and r.subject = l.release)
          or (r.kind = 'BENEFIT' and r.wave = l.wave and l.wave > 1))
      join gate_decisions d using (stream, checkpoint, round)
      left join gate_permits p on p.project = l.project and p.release = l.release
     where l.project = a_project and l.release = a_release
       and d.withdrawn_at is not null and gate_is_approval(d.choice)
       and (d.withdrawn_version > p.version or (r.kind in ('LEGAL', 'ETHICAL') and gate_taken_back(r))))
    or exists (
      select from gate_releases l
      join gate_requests q on q.project = l.project and q.request = any (l.requests)
     where l.project = a_project and l.release = a_release and q.withdrawn_at is not null)
    or gate_agreement_taken_back(gate_programme(a_project))
$$;

-- An institution has taken its signature back from the agreement that was in force: everything closes. Withdrawals are
-- looked for first, because renewing a lease must be fast and there are hardly ever any.
create function parley.gate_agreement_taken_back(a_programme text) returns boolean
language plpgsql stable set search_path = parley, pg_temp as $$
begin
  return exists (
      select from gate_rounds r join gate_decisions d using (stream, checkpoint, round)
       where r.stream = a_programme and r.kind = 'AGREEMENT' and d.withdrawn_at is not null and gate_is_approval(d.choice))
    and (select gate_taken_back(gate_round_about(a_programme, 'AGREEMENT', a.agreement, a.core))
           from gate_agreements a
          where a.programme = a_programme and a.agreement = gate_agreement_signed(a_programme, 'infinity')) is not false;
end $$;

-- Whether a permitted release may be read at `moment`: nothing has closed or expired it (I2, I3). What the permit
-- proved need not be proved again; what can be lost since is looked up here, by index.
create function parley.gate_live(a_project text, a_release text, moment timestamptz) returns boolean
language plpgsql stable set search_path = parley, pg_temp as $$
begin
  return exists (
      select from gate_permits p join gate_releases l using (project, release)
       where p.project = a_project and p.release = a_release and moment < p.expires
         and l.given_up_at is null and l.destroyed_at is null
         and not exists (select from gate_requests q
                          where q.project = l.project and q.request = any (l.requests) and moment >= q.given_expires))
    and not exists (select from gate_lacks_project(a_project))
    and not exists (select from gate_lacks_ethics(a_project, moment))
    and not gate_is_withdrawn(a_project, a_release);
end $$;
