-- What a project says about itself, its stages and what its stages settle.

create or replace function parley.gate_fill_course(e parley.events) returns void
language plpgsql set search_path = parley, pg_temp as $$
declare
  d jsonb := e.data;
  said timestamptz := e.at;
begin
  case e.type
    when 'ProjectStarted' then insert into gate_projects values (e.stream, d->>'programme', null);
    when 'ProjectClosed' then update gate_projects set closed_at = said where project = e.stream;
    when 'ProjectSuspended' then insert into gate_suspensions values (e.stream, said, null, e.version);
    when 'ProjectResumed' then update gate_suspensions set until = said where project = e.stream and until is null;
    when 'EthicsRecorded' then
      insert into gate_ethics values (e.stream, d->>'ethics', (d->>'expires')::timestamptz, null);
    when 'EthicsEnded' then
      update gate_ethics set ended_at = said where project = e.stream and ethics = d->>'ethics' and ended_at is null;
    when 'CycleStarted' then insert into gate_cycles values (e.stream, d->>'cycle', e.version);
    when 'QuestionProposed', 'ReflectionProposed', 'RefinementProposed' then
      insert into gate_papers
      select e.stream, stage, d->>stage, d->>'cycle', d->'content'->>'core', e.version
        from (select lower(replace(e.type, 'Proposed', '')) as stage) paper;
    when 'BoundaryProposed' then
      insert into gate_boundaries
      values (e.stream, d->>'boundary', d->'content'->>'core', d->'scope', (d->'scope'->>'expires')::timestamptz, e.version);
    when 'BenefitProposed' then
      insert into gate_benefits values (e.stream, (d->>'wave')::int, d->'content'->>'core', e.version);
    when 'StageSettledEmpty' then
      insert into gate_stage_facts values (e.stream, d->>'cycle', d->>'stage', 'SETTLED_EMPTY', e.version);
    when 'AnalysisStageClosed' then
      insert into gate_stage_facts values (e.stream, d->>'cycle', 'analysis', 'CLOSED', e.version);
    when 'StageReopened' then
      insert into gate_stage_facts values (e.stream, d->>'cycle', d->>'stage', 'REOPENED', e.version);
    else null;
  end case;
end $$;

create or replace function parley.gate_sufficiency_of(e parley.events) returns parley.gate_sufficiency
language sql immutable set search_path = parley, pg_temp as $$
  select e.stream, e.version::bigint, case e.type when 'QuestionProposed' then e.data->>'question' end,
         coalesce((e.data->>'sufficient')::boolean, false), coalesce(e.data->'form'->'change' <> 'null', false)
$$;

create or replace function parley.gate_fill_sufficiency() returns trigger
language plpgsql security definer set search_path = parley, pg_temp as $$
begin
  insert into gate_sufficiency select s.* from gate_sufficiency_of(new) s;
  return null;
end $$;
create or replace trigger gate_fill_sufficiency after insert on parley.events for each row
  when (new.type in ('QuestionProposed', 'SufficiencyRevoked')) execute function parley.gate_fill_sufficiency();

create or replace function parley.gate_fill_legal() returns trigger
language plpgsql security definer set search_path = parley, pg_temp as $$
begin
  if new.type = 'LegalFileDrafted' then
    insert into gate_legal_files values (new.stream, new.data->>'file', new.data->>'digest');
  elsif new.data ? 'legalFile' then
    insert into gate_boundary_files
    values (new.stream, new.data->>'boundary', new.data->'legalFile'->>'file', new.data->'legalFile'->>'digest');
  end if;
  return null;
end $$;
create or replace trigger gate_fill_legal after insert on parley.events for each row
  when (new.type in ('LegalFileDrafted', 'BoundaryProposed'))
  execute function parley.gate_fill_legal();
