-- Requests, deposits, imports, releases, permits and runs, as the gate knows them.

create or replace function parley.gate_fill_data(e parley.events) returns void
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
      update gate_requests set withdrawn_at = said, withdrawn_mode = d->>'mode'
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

create or replace function parley.gate_fill_runs(e parley.events) returns void
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

create or replace function parley.gate_fill_published() returns trigger
language plpgsql security definer set search_path = parley, pg_temp as $$
declare
  d jsonb := new.data;
begin
  case new.type
    when 'ImportProposed' then
      insert into gate_imports
      values (new.stream, d->>'import', d->>'organisation', d->>'person', (d->>'expires')::timestamptz);
    when 'LegalCheckRecorded' then
      insert into gate_legal_checks values (new.stream, d->>'import', d->>'person', d->>'outcome', new.at, new.version);
    else
      update gate_releases set imports = gate_texts(d->'imports')
       where project = new.stream and release = d->>'release';
  end case;
  return null;
end $$;
-- After `gate_fill`, which makes the release's row: triggers fire in the order of their names.
create or replace trigger gate_fill_published after insert on parley.events for each row
  when (new.type in ('ImportProposed', 'LegalCheckRecorded') or new.type = 'ReleaseProposed' and new.data ? 'imports')
  execute function parley.gate_fill_published();

create or replace function parley.gate_fill_objections() returns trigger
language plpgsql security definer set search_path = parley, pg_temp as $$
begin
  if new.type = 'ReleaseSealed' then
    -- The first sealing, and of its objections those there are: nobody heeds one before it is made, or adds it later.
    update gate_releases r
       set sealed_at = new.at,
           heeded = case when new.data ? 'heeded' then array(
             select o.objection from gate_objections o
              where o.project = r.project and o.deposit = any (r.deposits)
                and o.objection = any (gate_texts(new.data -> 'heeded'))) end
     where r.project = new.stream and r.release = new.data ->> 'release' and r.sealed_at is null;
  elsif exists (select from openings o where o.commitment = new.data ->> 'who') then
    -- They are erased with the deposit, and must be nobody else's.
    raise exception 'FOREIGN_WORDS: % is said elsewhere already', new.data ->> 'who' using errcode = 'PA002';
  elsif exists (select from gate_deposits d where d.project = new.stream and d.deposit = new.data ->> 'deposit'
                   and d.request = new.data ->> 'request') then
    insert into gate_objections
    values (new.stream, new.data ->> 'deposit', new.version, new.at, new.data ->> 'objection');
  else
    raise exception 'FOREIGN_DEPOSIT: % is no deposit of request %', new.data ->> 'deposit', new.data ->> 'request' using errcode = 'PA002';
  end if;
  return null;
end $$;
-- After gate_fill, by its name: the release's row is there before its sealing is noted.
create or replace trigger gate_fill_objections after insert on parley.events for each row
  when (new.type in ('ReleaseSealed', 'ObjectionRecorded')) execute function parley.gate_fill_objections();

create or replace function parley.gate_fill_cancelled() returns trigger
language plpgsql security definer set search_path = parley, pg_temp as $$
begin
  update gate_analyses set ended_at = new.at
   where project = new.stream and analysis = new.data->>'analysis' and ended_at is null;
  return null;
end $$;
create or replace trigger gate_fill_cancelled after insert on parley.events for each row
  when (new.type = 'AnalysisCancelled') execute function parley.gate_fill_cancelled();
