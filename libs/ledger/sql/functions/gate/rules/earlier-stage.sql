-- EARLIER_STAGE (B10): every stage of the cycles before, and this cycle's question, is settled.

create or replace function parley.gate_paper_round(p parley.gate_papers) returns parley.gate_rounds
language sql stable set search_path = parley, pg_temp as $$
  select * from gate_round_about(p.project, upper(p.stage), p.paper, p.core)
$$;

-- The version of a question, reflection or refinement that is settled; null while the stage is not.
create or replace function parley.gate_paper_in_force(a_project text, a_cycle text, a_stage text, moment timestamptz) returns text
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
create or replace function parley.gate_last_fact(a_project text, a_cycle text, a_stage text, variadic facts text[]) returns bigint
language sql stable set search_path = parley, pg_temp as $$
  select coalesce(max(version), 0) from gate_stage_facts
   where project = a_project and cycle = a_cycle and stage = a_stage and fact = any (facts)
$$;

-- Every request of the cycle answered or lapsed, every grant used, every release permitted or given up, and a permit
-- in its latest round; or settled empty since it was last reopened.
create or replace function parley.gate_data_request_settled(a_project text, a_cycle text) returns boolean
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
create or replace function parley.gate_analysis_settled(a_project text, a_cycle text) returns boolean
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

create or replace function parley.gate_stage_settled(a_project text, a_cycle text, a_stage text, moment timestamptz)
returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select case a_stage
    when 'dataRequest' then gate_data_request_settled(a_project, a_cycle)
    when 'analysis' then gate_analysis_settled(a_project, a_cycle)
    else gate_paper_in_force(a_project, a_cycle, a_stage, moment) is not null
  end
$$;

-- Stages whose newest paper settled and was left alone since: nearly all of them. The others are looked at one by one.
create or replace function parley.gate_plainly_settled(a_project text) returns table (cycle text, stage text)
language sql stable set search_path = parley, pg_temp as $$
  select newest.cycle, newest.stage
    from (select distinct on (g.cycle, g.stage) g.* from gate_papers g
           where g.project = a_project order by g.cycle, g.stage, g.version desc) newest
    cross join lateral (select g.* from gate_rounds g
                         where g.stream = a_project and g.kind = upper(newest.stage) and g.subject = newest.paper
                         order by g.opened_version desc limit 1) r
    join gate_settlements s using (stream, checkpoint, round)
   where r.core = newest.core
     and not exists (select from gate_decisions d
                      where d.stream = r.stream and d.checkpoint = r.checkpoint and d.round = r.round and d.withdrawn_version is not null)
$$;

-- For a release, "earlier stages" are its cycle's question and all stages of earlier cycles.
create or replace function parley.gate_lacks_stage(r parley.gate_releases, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select format('the cycle %s is unknown', r.cycle)
   where not exists (select from gate_cycles c where c.project = r.project and c.cycle = r.cycle)
  union all
  select format('%s of cycle %s is not settled', stage, c.cycle)
    from gate_cycles own
    join gate_cycles c on c.project = own.project and c.version <= own.version
    cross join unnest(array['question', 'dataRequest', 'analysis', 'reflection', 'refinement']) stage
   where own.project = r.project and own.cycle = r.cycle and (c.cycle <> own.cycle or stage = 'question')
     and (c.cycle, stage) not in (select p.cycle, p.stage from gate_plainly_settled(r.project) p)
     and not gate_stage_settled(r.project, c.cycle, stage, moment)
$$;
