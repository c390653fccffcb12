-- Fills the gate's tables from each event as it is inserted, in the same transaction.

create function parley.gate_texts(list jsonb) returns text[]
language sql immutable set search_path = parley, pg_temp as $$
  select coalesce(array_agg(t), '{}') from jsonb_array_elements_text(list) t
$$;

create function parley.gate_fill_programme(e parley.events) returns void
language plpgsql set search_path = parley, pg_temp as $$
declare
  d jsonb := e.data;
begin
  case e.type
    when 'OrganisationAdded' then
      insert into gate_organisations values (e.stream, d->>'organisation', gate_texts(d->'commissionedBy'));
    when 'PersonAttested' then
      perform gate_end_tenure(e);
      insert into gate_tenures
      values (e.stream, d->>'person', d->>'organisation', gate_texts(d->'roles'), e.at, null, e.version);
    when 'RolesChanged' then
      insert into gate_tenures
      select e.stream, person, organisation, gate_texts(d->'roles'), e.at, null, e.version
        from gate_tenures
       where programme = e.stream and person = d->>'person' and until is null;
      perform gate_end_tenure(e);
    when 'PersonLeft' then
      perform gate_end_tenure(e);
    when 'AgreementProposed' then
      insert into gate_agreements
      values (e.stream, d->>'agreement', e.version, d->'content'->>'core', d->'parties', d->'rules',
              (d->>'expires')::timestamptz);
    else null;
  end case;
end $$;

-- Ends what the person was until this event; a tenure that this very event began stays.
create function parley.gate_end_tenure(e parley.events) returns void
language sql set search_path = parley, pg_temp as $$
  update gate_tenures set until = e.at
   where programme = e.stream and person = e.data->>'person' and until is null and since_version < e.version
$$;

create function parley.gate_fill_signoff(e parley.events) returns void
language plpgsql set search_path = parley, pg_temp as $$
declare
  d jsonb := e.data;
begin
  case e.type
    when 'CheckpointOpened' then
      update gate_rounds set replaced_version = e.version
       where stream = e.stream and checkpoint = d->>'checkpoint' and replaced_version is null;
      insert into gate_rounds
      values (e.stream, d->>'checkpoint', (d->>'round')::int, d->>'kind', d->'subject'->>'type', d->'subject'->>'id',
              d->'subject'->>'cycle', (d->'subject'->>'wave')::int, d->'content'->>'core', d->'rule', d->'asked',
              array_remove(array[d->>'proposer', e.actor->>'person'], null), e.at, e.version, null, null);
    when 'RoundLapsed' then
      update gate_rounds set lapsed_version = e.version
       where stream = e.stream and checkpoint = d->>'checkpoint' and round = (d->>'round')::int and lapsed_version is null;
    when 'DecisionRecorded' then
      insert into gate_decisions
      values (e.stream, d->>'checkpoint', (d->>'round')::int, e.version, d->>'person', d->>'organisation', d->>'choice',
              d->>'core', d->'conditions', e.at, null, null);
    when 'DecisionWithdrawn' then
      update gate_decisions set withdrawn_at = e.at, withdrawn_version = e.version
       where stream = e.stream and checkpoint = d->>'checkpoint' and round = (d->>'round')::int
         and person = d->>'person' and withdrawn_at is null;
    else null;
  end case;
end $$;

-- What a project says about itself, its stages and what its stages settle.
create function parley.gate_fill_course(e parley.events) returns void
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

-- Requests, deposits, releases, permits and runs.
create function parley.gate_fill_data(e parley.events) returns void
language plpgsql set search_path = parley, pg_temp as $$
declare
  d jsonb := e.data;
  said timestamptz := e.at;
begin
  case e.type
    when 'RequestSent' then
      insert into gate_requests (project, request, cycle, request_round, holder, ask, version)
      values (e.stream, d->>'request', d->>'cycle', (d->>'requestRound')::int, d->>'holder', d->'ask', e.version);
    when 'RequestAnswered' then
      update gate_requests
         set answered_by = d->>'person', answered_at = said, outcome = d->>'outcome',
             given = nullif(d->'grant', 'null'), given_expires = (d->'grant'->>'expires')::timestamptz
       where project = e.stream and request = d->>'request' and answered_at is null;
    when 'RequestLapsed' then
      update gate_requests set lapsed_at = said where project = e.stream and request = d->>'request' and lapsed_at is null;
    when 'GrantWithdrawn' then
      update gate_requests set withdrawn_at = said
       where project = e.stream and request = d->>'request' and withdrawn_at is null;
    when 'DepositInvited' then
      insert into gate_deposits (project, deposit, request) values (e.stream, d->>'deposit', d->>'request');
    when 'DepositReceived' then
      update gate_deposits set received_at = said where project = e.stream and deposit = d->>'deposit';
    when 'DepositAccepted', 'DepositRefused' then
      update gate_deposits set accepted = (e.type = 'DepositAccepted')
       where project = e.stream and deposit = d->>'deposit' and accepted is null;
    when 'DepositDestroyed' then
      update gate_deposits set destroyed_at = said where project = e.stream and deposit = d->>'deposit';
    when 'ReleaseProposed' then
      insert into gate_releases (project, release, cycle, request_round, wave, requests, deposits, tier, purpose, methods,
                                 readers, question, boundary, expires, cites, version)
      values (e.stream, d->>'release', d->>'cycle', (d->>'requestRound')::int, (d->>'wave')::int,
              gate_texts(d->'requests'), gate_texts(d->'deposits'), d->>'tier', d->>'purpose', gate_texts(d->'methods'),
              gate_texts(d->'readers'), d->>'question', d->>'boundary', (d->>'expires')::timestamptz,
              gate_texts(d->'rationale'->'cites'), e.version);
    when 'ReleaseSealed' then
      update gate_releases set sealed_core = d->'content'->>'core' where project = e.stream and release = d->>'release';
    when 'ReleaseGivenUp' then
      update gate_releases set given_up_at = said where project = e.stream and release = d->>'release';
    when 'ReleaseDestroyed' then
      update gate_releases set destroyed_at = said where project = e.stream and release = d->>'release';
    when 'PermitGiven' then
      insert into gate_permits
      values (e.stream, d->>'release', (d->>'wave')::int, d->>'core', (d->>'expires')::timestamptz, said, e.version,
              (d->>'programmeVersion')::bigint);
    else perform gate_fill_runs(e);
  end case;
end $$;

create function parley.gate_fill_runs(e parley.events) returns void
language plpgsql set search_path = parley, pg_temp as $$
declare
  d jsonb := e.data;
begin
  case e.type
    when 'AnalysisRegistered' then
      insert into gate_analyses (project, analysis, cycle, release, method, question, boundary, author)
      values (e.stream, d->>'analysis', d->>'cycle', d->>'release', d->>'method', d->>'question', d->>'boundary',
              e.actor->>'person');
    when 'ReadOpened' then
      update gate_analyses set reads = reads + 1 where project = e.stream and analysis = d->>'analysis';
    when 'AnalysisEnded' then
      update gate_analyses set ended_at = e.at, result_core = d->'result'->>'core'
       where project = e.stream and analysis = d->>'analysis';
    when 'OutputWithheld' then
      update gate_analyses set withheld_at = e.at where project = e.stream and analysis = d->>'analysis';
    else null;
  end case;
end $$;

create function parley.gate_fill() returns trigger
language plpgsql security definer set search_path = parley, pg_temp as $$
begin
  case
    when new.type in ('CheckpointOpened', 'RoundLapsed', 'DecisionRecorded', 'DecisionWithdrawn') then
      perform gate_fill_signoff(new);
    when new.stream like 'pgm\_%' then
      perform gate_fill_programme(new);
    else
      perform gate_fill_course(new);
      perform gate_fill_data(new);
  end case;
  return null;
end $$;

create trigger gate_fill after insert on parley.events for each row execute function parley.gate_fill();
