-- When a round settled, and whether it still stands.

-- The last round opened about a subject, if it is about this very content; earlier ones are history.
create or replace function parley.gate_round_about(a_stream text, a_kind text, a_subject text, a_core text)
returns parley.gate_rounds
language sql stable set search_path = parley, pg_temp as $$
  select (last).* from (
    select r as last from gate_rounds r
     where r.stream = a_stream and r.kind = a_kind and r.subject = a_subject
     order by r.opened_version desc limit 1) rounds
   where (last).core = a_core
$$;

-- The entry and instant at which the quorum first stood, among people then entitled: no event says "settled". What was noted when it
-- happened saves the count, and decides nothing.
create or replace function parley.gate_settled(r parley.gate_rounds, out version bigint, out at timestamptz)
language plpgsql stable set search_path = parley, pg_temp as $$
begin
  select s.version, s.at into version, at from gate_settlements s
   where s.stream = r.stream and s.checkpoint = r.checkpoint and s.round = r.round;
  if not found then
    select s.version, s.at into version, at from gate_settled_anew(r) s;
  end if;
end $$;

-- Fewer approvals than any quorum needs cannot settle a round.
create or replace function parley.gate_settled_anew(r parley.gate_rounds, out version bigint, out at timestamptz)
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

-- A round that settled stands while the approvals not withdrawn since still meet it: signers' roles no longer matter. Where none was
-- taken back it need not be counted: more signers never unmeet it.
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

-- Whether the quorum stands at `moment`. TRUST and BENEFIT are judged again: leavers no longer count, and a round that
-- lapsed with its quorum gone is over.
create or replace function parley.gate_stands(r parley.gate_rounds, moment timestamptz) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select case
    when r.kind in ('TRUST', 'BENEFIT') then
      r.lapsed_version is null and r.replaced_version is null
      and gate_meets(r, gate_required(r), gate_signers(r, 0, 9223372036854775807, 9223372036854775807, moment))
    else gate_outlives(r)
  end
$$;

-- A signer took an approval back after the round had settled: closes agreements and boundaries whoever else signed.
create or replace function parley.gate_taken_back(r parley.gate_rounds) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select exists (
    select from gate_decisions d
     where d.stream = r.stream and d.checkpoint = r.checkpoint and d.round = r.round
       and gate_is_approval(d.choice) and d.withdrawn_version > (gate_settled(r)).version)
$$;

-- Somebody said no, and those who have not answered can no longer meet the quorum. A rejected amendment changes nothing;
-- any other unsettled one, a lapsed one too, keeps the stage open until a person acts (I12).
create or replace function parley.gate_was_rejected(r parley.gate_rounds, moment timestamptz) returns boolean
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
