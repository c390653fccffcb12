-- What the gate knows of rounds and of what was signed in them.

create or replace function parley.gate_fill_signoff(e parley.events) returns void
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
      update gate_decisions set withdrawn_at = e.at, withdrawn_version = e.version, withdrawn_mode = d->>'mode'
       where stream = e.stream and checkpoint = d->>'checkpoint' and round = (d->>'round')::int
         and person = d->>'person' and withdrawn_at is null;
    else null;
  end case;
end $$;

create or replace function parley.gate_fill_recorded() returns trigger
language plpgsql security definer set search_path = parley, pg_temp as $$
declare
  d constant jsonb := new.data;
  a_checkpoint constant text := d->>'checkpoint';
  a_round constant int := (d->>'round')::int;
  a_person constant text := d->>'person';
begin
  if new.type = 'DecisionRecorded' then
    if d->>'assurance' = 'RECORDED' and gate_is_approval(d->>'choice') then
      delete from gate_decisions where stream = new.stream and version = new.version
                                   and checkpoint = a_checkpoint and round = a_round;
      insert into gate_pending values (new.stream, a_checkpoint, a_round, a_person, d->>'organisation', d->>'choice', d->>'core',
                                       d->'conditions', coalesce(d #>> '{written,by}', a_person));
    end if;
  elsif new.type = 'DecisionWithdrawn' then
    delete from gate_pending
     where stream = new.stream and checkpoint = a_checkpoint and round = a_round and person = a_person;
  else
    with confirmed as (
      delete from gate_pending
       where stream = new.stream and checkpoint = a_checkpoint and round = a_round and person = a_person
         and organisation = d->>'organisation' and new.actor->>'person' not in (person, recorded_by)
      returning *)
    insert into gate_decisions
    select stream, checkpoint, round, new.version, person, organisation, choice, core, conditions, new.at, null, null from confirmed;
    if not found then
      raise exception 'NOTHING_TO_COUNTERSIGN: no recorded approval of % awaits %', a_person, new.actor->>'person' using errcode = 'PA002';
    end if;
  end if;
  return null;
end $$;
create or replace trigger gate_fill_recorded after insert on parley.events for each row
  when (new.type in ('DecisionWithdrawn', 'DecisionCountersigned')
        or new.type = 'DecisionRecorded' and new.data ->> 'assurance' = 'RECORDED')
  execute function parley.gate_fill_recorded();

-- Notes what settles with this entry. Enough people of enough organisations are counted first: most approvals settle nothing.
create or replace function parley.gate_note_settled() returns trigger
language plpgsql security definer set search_path = parley, pg_temp as $$
declare
  r gate_rounds;
begin
  select * into r from gate_rounds g
   where g.stream = new.stream and g.checkpoint = new.data->>'checkpoint' and g.round = (new.data->>'round')::int
     and (select count(distinct d.person) >= greatest((g.rule->>'people')::int, gate_floor(g.kind))
             and count(distinct d.organisation) >= greatest((g.rule->>'organisations')::int, gate_floor(g.kind))
            from gate_decisions d
           where d.stream = g.stream and d.checkpoint = g.checkpoint and d.round = g.round and gate_is_approval(d.choice))
     and not exists (select from gate_settlements s
                      where s.stream = g.stream and s.checkpoint = g.checkpoint and s.round = g.round);
  if found then
    insert into gate_settlements
    select r.stream, r.checkpoint, r.round, s.version, s.at from gate_settled_anew(r) s where s.version is not null;
  end if;
  return null;
end $$;
-- After everything that fills the gate's tables, by its name.
create or replace trigger gate_note_settled after insert on parley.events for each row
  when (new.type = 'DecisionCountersigned'
        or new.type = 'DecisionRecorded' and new.data->>'choice' in ('APPROVED', 'APPROVED_WITH_CONDITIONS'))
  execute function parley.gate_note_settled();

-- Who was asked has changed: whose approval counted is worked out anew.
create or replace function parley.gate_strike_round() returns trigger
language plpgsql security definer set search_path = parley, pg_temp as $$
begin
  delete from gate_settlements s
   where s.stream = new.stream and s.checkpoint = new.data->>'checkpoint' and s.round = (new.data->>'round')::int;
  return null;
end $$;
create or replace trigger gate_strike_round after insert on parley.events for each row
  when (new.type in ('SigningDelegated', 'DelegationTakenBack')) execute function parley.gate_strike_round();

-- After a clock was set back, a programme's entry can lie before what its projects settled: who held a role then, and which
-- agreement was signed, has changed.
create or replace function parley.gate_strike_later() returns trigger
language plpgsql security definer set search_path = parley, pg_temp as $$
begin
  delete from gate_settlements s
   where s.at >= new.at
     and (s.stream = new.stream or gate_programme(s.stream) = new.stream)
     and not (s.stream = new.stream and s.version = new.version);
  return null;
end $$;
create or replace trigger gate_strike_later after insert on parley.events for each row
  when (new.stream like 'pgm\_%' and new.type in ('PersonAttested', 'RolesChanged', 'PersonLeft', 'DecisionRecorded', 'DecisionCountersigned'))
  execute function parley.gate_strike_later();
