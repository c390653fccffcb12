-- When a round settled is history, and is noted as it happens: a permit asks it of every stage of every earlier cycle. What is not
-- noted is worked out as ever, so the notes decide nothing; they are struck out where what they rest on is still written before them.

create table parley.gate_settlements (
  stream text not null,
  checkpoint text not null,
  round int not null,
  version bigint not null,
  at timestamptz not null,
  primary key (stream, checkpoint, round)
);
create index gate_settlements_by_time on parley.gate_settlements (at);

create index gate_papers_by_stage on parley.gate_papers (project, cycle, stage, version);

-- Fewer approvals than any quorum needs cannot settle a round.
create function parley.gate_settled_anew(r parley.gate_rounds, out version bigint, out at timestamptz)
language plpgsql stable set search_path = parley, pg_temp as $$
declare
  required jsonb;
  needed constant int := greatest((r.rule->>'people')::int, gate_floor(r.kind));
  approvals int := 0;
  d gate_decisions;
begin
  for d in
    select * from gate_decisions g
     where g.stream = r.stream and g.checkpoint = r.checkpoint and g.round = r.round and gate_is_approval(g.choice)
     order by g.version
  loop
    approvals := approvals + 1;
    continue when approvals < needed;
    required := coalesce(required, gate_required(r));
    if gate_meets(r, required, gate_signers(r, 0, d.version, d.version, d.at)) then
      version := d.version;
      at := d.at;
      return;
    end if;
  end loop;
end $$;

-- The entry and instant at which the quorum first stood, among people then entitled.
create or replace function parley.gate_settled(r parley.gate_rounds, out version bigint, out at timestamptz)
language plpgsql stable set search_path = parley, pg_temp as $$
begin
  select s.version, s.at into version, at from gate_settlements s
   where s.stream = r.stream and s.checkpoint = r.checkpoint and s.round = r.round;
  if not found then
    select s.version, s.at into version, at from gate_settled_anew(r) s;
  end if;
end $$;

-- A settled round none of whose approvals was taken back meets its quorum still: more signers never unmeet it.
create or replace function parley.gate_outlives(r parley.gate_rounds) returns boolean
language plpgsql stable set search_path = parley, pg_temp as $$
declare
  latest constant bigint := 9223372036854775807;
  settled record;
begin
  select * into settled from gate_settled(r);
  if settled.version is null then return false; end if;
  return not exists (
      select from gate_decisions d
       where d.stream = r.stream and d.checkpoint = r.checkpoint and d.round = r.round and d.withdrawn_version > settled.version)
    or gate_meets(r, gate_required(r),
         gate_signers(r, 0, settled.version, latest, settled.at) || gate_signers(r, settled.version + 1, latest, latest, null));
end $$;

-- Stages whose newest paper settled and was left alone since: nearly all of them. The others are looked at one by one.
create function parley.gate_plainly_settled(a_project text) returns table (cycle text, stage text)
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

-- Notes what settles with this entry. Enough people of enough organisations are counted first: most approvals settle nothing.
create function parley.gate_note_settled() returns trigger
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
create trigger gate_note_settled after insert on parley.events for each row
  when (new.type = 'DecisionCountersigned'
        or new.type = 'DecisionRecorded' and new.data->>'choice' in ('APPROVED', 'APPROVED_WITH_CONDITIONS'))
  execute function parley.gate_note_settled();

-- Who was asked has changed: whose approval counted is worked out anew.
create function parley.gate_strike_round() returns trigger
language plpgsql security definer set search_path = parley, pg_temp as $$
begin
  delete from gate_settlements s
   where s.stream = new.stream and s.checkpoint = new.data->>'checkpoint' and s.round = (new.data->>'round')::int;
  return null;
end $$;
create trigger gate_strike_round after insert on parley.events for each row
  when (new.type in ('SigningDelegated', 'DelegationTakenBack')) execute function parley.gate_strike_round();

-- After a clock was set back, a programme's entry can lie before what its projects settled: who held a role then, and which
-- agreement was signed, has changed.
create function parley.gate_strike_later() returns trigger
language plpgsql security definer set search_path = parley, pg_temp as $$
begin
  delete from gate_settlements s
   where s.at >= new.at
     and (s.stream = new.stream or gate_programme(s.stream) = new.stream)
     and not (s.stream = new.stream and s.version = new.version);
  return null;
end $$;
create trigger gate_strike_later after insert on parley.events for each row
  when (new.stream like 'pgm\_%' and new.type in ('PersonAttested', 'RolesChanged', 'PersonLeft', 'DecisionRecorded', 'DecisionCountersigned'))
  execute function parley.gate_strike_later();

revoke all on function parley.gate_note_settled(), parley.gate_strike_round(), parley.gate_strike_later(),
  parley.gate_settled(parley.gate_rounds), parley.gate_settled_anew(parley.gate_rounds), parley.gate_outlives(parley.gate_rounds),
  parley.gate_plainly_settled(text), parley.gate_lacks_stage(parley.gate_releases, timestamptz) from public;
