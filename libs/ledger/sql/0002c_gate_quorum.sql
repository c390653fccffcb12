-- Quorums: who must sign, whose signatures count, when a round settled and whether it still stands.

create type parley.gate_signer as (person text, organisation text, roles text[]);

-- ------------------------------------------------------------------------------------------------------- people

create function parley.gate_programme(a_stream text) returns text
language sql stable set search_path = parley, pg_temp as $$
  select programme from streams where id = a_stream
$$;

-- The roles a person held for an organisation at an instant; empty before joining and after leaving.
create function parley.gate_roles_at(a_programme text, a_person text, an_organisation text, moment timestamptz)
returns text[]
language sql stable set search_path = parley, pg_temp as $$
  select coalesce(array_agg(distinct role), '{}')
    from gate_tenures t, unnest(t.roles) role
   where t.programme = a_programme and t.person = a_person and t.organisation = an_organisation
     and t.since <= moment and (t.until is null or moment < t.until)
$$;

-- --------------------------------------------------------------------------------------- who must sign (the table)

create function parley.gate_slot(roles text[], organisation text) returns jsonb
language sql immutable set search_path = parley, pg_temp as $$
  select jsonb_build_object('roles', to_jsonb(roles), 'organisation', organisation, 'count', 1)
$$;

create function parley.gate_slots_of_each(roles text[], organisations text[]) returns jsonb
language sql immutable set search_path = parley, pg_temp as $$
  select coalesce(jsonb_agg(gate_slot(roles, o)), '[]') from (select distinct unnest(organisations) o) each
$$;

-- Holders whose data is inside a boundary.
create function parley.gate_holders_inside(a_project text, a_boundary text) returns text[]
language sql stable set search_path = parley, pg_temp as $$
  select coalesce(array_agg(distinct s->>'holder'), '{}')
    from gate_boundaries b, jsonb_array_elements(b.scope->'sources') s
   where b.project = a_project and b.boundary = a_boundary
$$;

-- Exposed: the organisations the boundary lists as such, each holder of the release always among them.
create function parley.gate_exposed(a_project text, a_release text) returns text[]
language sql stable set search_path = parley, pg_temp as $$
  select array(
    select jsonb_array_elements_text(b.scope->'exposed')
      from gate_releases r join gate_boundaries b using (project, boundary)
     where r.project = a_project and r.release = a_release
    union
    select q.holder
      from gate_releases r join gate_requests q on q.project = r.project and q.request = any (r.requests)
     where r.project = a_project and r.release = a_release)
$$;

-- Party: each institution of the agreement and each holder whose data an earlier wave released.
create function parley.gate_parties(r parley.gate_rounds) returns text[]
language sql stable set search_path = parley, pg_temp as $$
  select array(
    select gate_institutions(gate_programme(r.stream), gate_agreement_signed(gate_programme(r.stream), r.opened_at))
    union
    select q.holder
      from gate_permits p
      join gate_releases l using (project, release)
      join gate_requests q on q.project = l.project and q.request = any (l.requests)
     where p.project = r.stream and l.wave < r.wave and p.version < r.opened_version)
$$;

create function parley.gate_institutions(a_programme text, an_agreement text) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select p->>'organisation'
    from gate_agreements a, jsonb_array_elements(a.parties) p
   where a.programme = a_programme and a.agreement = an_agreement and p->>'signatory' is not null
$$;

-- The signers each kind needs by default. An opened round may ask for more people, never for fewer: the quorum is
-- counted against the round's own rule and against this one.
create function parley.gate_required(r parley.gate_rounds) returns jsonb
language plpgsql stable set search_path = parley, pg_temp as $$
declare
  practitioner constant text[] :=
    '{policyOfficial,serviceManager,businessAnalyst,serviceProvider,civilSociety}';
  official constant jsonb := gate_slot('{policyOfficial}', null);
  researcher constant jsonb := gate_slot('{researcher}', null);
begin
  return case r.kind
    when 'AGREEMENT' then
      gate_slots_of_each('{signatory}', array(select gate_institutions(r.stream, r.subject)))
    when 'QUESTION' then official || researcher
    when 'LEGAL' then
      gate_slots_of_each('{informationRiskOwner}', gate_holders_inside(r.stream, r.subject))
    when 'ETHICAL' then
      gate_slot('{ethicsReviewer}', null) || gate_slot('{layMember}', null)
        || gate_slots_of_each('{}', gate_holders_inside(r.stream, r.subject))
    when 'TRUST' then
      official || researcher
        || gate_slots_of_each('{dataHolder,serviceProvider,civilSociety}', gate_exposed(r.stream, r.subject))
    when 'BENEFIT' then gate_slots_of_each('{}', gate_parties(r))
    when 'OUTPUT' then jsonb_build_array(gate_slot('{outputChecker}', null))
    when 'REFLECTION' then gate_slot(practitioner, null) || researcher
    when 'REFINEMENT' then official || gate_slot('{}', null)
  end || gate_more_signers(r);
end $$;

-- What the agreement in force at the opening asks for beyond the table. Which one that was is looked for last: most
-- agreements ask for nothing more.
create function parley.gate_more_signers(r parley.gate_rounds) returns jsonb
language plpgsql stable set search_path = parley, pg_temp as $$
begin
  if r.kind = 'AGREEMENT' or not exists (
       select from gate_agreements a, jsonb_array_elements(a.rules->'moreSigners') m
        where a.programme = gate_programme(r.stream) and m->>'kind' = r.kind) then
    return '[]';
  end if;
  return (
    select coalesce(jsonb_agg(m->'slot'), '[]')
      from gate_agreements a, jsonb_array_elements(a.rules->'moreSigners') m
     where m->>'kind' = r.kind and a.programme = gate_programme(r.stream)
       and a.agreement = gate_agreement_signed(a.programme, r.opened_at));
end $$;

-- The floor: two people of two organisations, except for LEGAL and OUTPUT.
create function parley.gate_floor(kind text) returns int
language sql immutable set search_path = parley, pg_temp as $$
  select case when kind in ('LEGAL', 'OUTPUT') then 1 else 2 end
$$;

-- --------------------------------------------------------------------------------------------- filling the slots

create function parley.gate_may_fill(slot jsonb, s parley.gate_signer) returns boolean
language sql immutable set search_path = parley, pg_temp as $$
  select (slot->>'organisation' is null or slot->>'organisation' = s.organisation)
     and (slot->'roles' = '[]' or exists (select from jsonb_array_elements_text(slot->'roles') role where role = any (s.roles)))
$$;

-- Per distinct person, the set of slots they could fill, as bits.
create function parley.gate_fits(slots jsonb, signers parley.gate_signer[]) returns bigint[]
language sql immutable set search_path = parley, pg_temp as $$
  select coalesce(array_agg(bits), '{}') from (
    select bit_or(1::bigint << (n - 1)::int) as bits
      from unnest(signers) s(person, organisation, roles), jsonb_array_elements(slots) with ordinality e(slot, n)
     where gate_may_fill(slot, (s.person, s.organisation, s.roles)::gate_signer)
     group by s.person) fits
$$;

-- Slots that share no person can be judged apart; this keeps the number of subsets below small.
create function parley.gate_apart(places int, fits bigint[]) returns bigint[]
language plpgsql immutable set search_path = parley, pg_temp as $$
declare
  groups bigint[] := array(select 1::bigint << i from generate_series(0, places - 1) i);
  fit bigint;
begin
  foreach fit in array fits loop
    groups := array(select g from unnest(groups) g where g & fit = 0)
           || (select bit_or(g) from unnest(groups) g where g & fit <> 0);
  end loop;
  return groups;
end $$;

-- Whether distinct people fill every slot, by Hall's marriage condition: every set of slots needs at least as many
-- people who could fill one of them as it has places. (The domain assigns people one by one instead.)
create function parley.gate_filled(slots jsonb, signers parley.gate_signer[]) returns boolean
language plpgsql immutable set search_path = parley, pg_temp as $$
declare
  places constant int := jsonb_array_length(slots);
  fits constant bigint[] := gate_fits(slots, signers);
  counts constant int[] := array(select (slot->>'count')::int from jsonb_array_elements(slots) slot);
  together bigint;
  subset bigint;
begin
  if places > 62 then return false; end if;
  foreach together in array gate_apart(places, fits) loop
    -- More than sixteen slots entangled by the same people is beyond any agreement; unknown means closed.
    if bit_count(together::bit(64)) > 16 then return false; end if;
    subset := together;
    while subset > 0 loop
      if (select count(*) from unnest(fits) fit where fit & subset <> 0)
         < (select sum(counts[i + 1]) from generate_series(0, places - 1) i where (subset >> i) & 1 = 1) then
        return false;
      end if;
      subset := (subset - 1) & together;
    end loop;
  end loop;
  return true;
end $$;

-- Whether these signers meet a round: its own slots, the required slots, enough people, enough organisations.
-- Only people who can fill one of the round's slots count towards the numbers.
create function parley.gate_meets(r parley.gate_rounds, required jsonb, signers parley.gate_signer[]) returns boolean
language plpgsql stable set search_path = parley, pg_temp as $$
declare
  slots constant jsonb := r.rule->'slots';
  people int;
  organisations int;
begin
  select count(distinct s.person), count(distinct s.organisation) into people, organisations
    from unnest(signers) s(person, organisation, roles), jsonb_array_elements(slots || required) slot
   where gate_may_fill(slot, (s.person, s.organisation, s.roles)::gate_signer);
  return required <> '[]'
     and people >= greatest((r.rule->>'people')::int, gate_floor(r.kind))
     and organisations >= greatest((r.rule->>'organisations')::int, gate_floor(r.kind))
     and gate_filled(slots, signers)
     and gate_filled(required, signers);
end $$;

-- ---------------------------------------------------------------------------------------- whose signatures count

create function parley.gate_is_approval(choice text) returns boolean
language sql immutable set search_path = parley, pg_temp as $$
  select choice in ('APPROVED', 'APPROVED_WITH_CONDITIONS')
$$;

-- Nobody approves their own proposal; a result is not checked by its author; who signed a boundary as LEGAL does not
-- also sign it as ETHICAL, nor the reverse (the earlier signature stands).
create function parley.gate_is_barred(r parley.gate_rounds, d parley.gate_decisions) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select d.person = any (r.proposers)
      or (r.kind = 'OUTPUT' and exists (
            select from gate_analyses a where a.project = r.stream and a.analysis = r.subject and a.author = d.person))
      or (r.kind in ('LEGAL', 'ETHICAL') and exists (
            select from gate_rounds other join gate_decisions o using (stream, checkpoint, round)
             where other.stream = r.stream and other.kind in ('LEGAL', 'ETHICAL') and other.kind <> r.kind
               and other.subject = r.subject and o.person = d.person and gate_is_approval(o.choice)
               and o.version < d.version and (o.withdrawn_version is null or o.withdrawn_version > d.version)))
$$;

-- Approvals given in entries `first` to `last` on exactly this round's core, not withdrawn when the stream stood at
-- `as_of`, by people who were asked and who held a role for that organisation when they signed and hold it at `judged`.
-- A signer counts with the roles held at both instants. Without `judged`, only the signing matters.
create function parley.gate_signers(r parley.gate_rounds, first bigint, last bigint, as_of bigint, judged timestamptz)
returns parley.gate_signer[]
language sql stable set search_path = parley, pg_temp as $$
  select coalesce(array_agg((d.person, d.organisation, held.roles)::gate_signer), '{}')
    from gate_decisions d
    cross join lateral (select array(
      select unnest(gate_roles_at(gate_programme(r.stream), d.person, d.organisation, d.at))
      intersect
      select unnest(gate_roles_at(gate_programme(r.stream), d.person, d.organisation, coalesce(judged, d.at)))) as roles) held
   where d.stream = r.stream and d.checkpoint = r.checkpoint and d.round = r.round
     and d.version between first and last
     and gate_is_approval(d.choice) and d.core = r.core
     and (d.withdrawn_version is null or d.withdrawn_version > as_of)
     and d.version < least(r.lapsed_version, r.replaced_version, 9223372036854775807)
     and cardinality(held.roles) > 0
     and exists (select from jsonb_array_elements(r.asked) a
                  where a->>'person' = d.person and a->>'organisation' = d.organisation)
     and not gate_is_barred(r, d)
$$;

-- ----------------------------------------------------------------------------------------- settled, and standing

-- The entry and instant at which the quorum first stood, among people then entitled: no event says "settled".
create function parley.gate_settled(r parley.gate_rounds, out version bigint, out at timestamptz)
language plpgsql stable set search_path = parley, pg_temp as $$
declare
  required constant jsonb := gate_required(r);
  d gate_decisions;
begin
  for d in
    select * from gate_decisions g
     where g.stream = r.stream and g.checkpoint = r.checkpoint and g.round = r.round and gate_is_approval(g.choice)
     order by g.version
  loop
    if gate_meets(r, required, gate_signers(r, 0, d.version, d.version, d.at)) then
      version := d.version;
      at := d.at;
      return;
    end if;
  end loop;
end $$;

-- A round that settled stands while the approvals not withdrawn since still meet it: signers' roles no longer matter.
create function parley.gate_outlives(r parley.gate_rounds) returns boolean
language plpgsql stable set search_path = parley, pg_temp as $$
declare
  latest constant bigint := 9223372036854775807;
  settled record;
begin
  select * into settled from gate_settled(r);
  return settled.version is not null and gate_meets(r, gate_required(r),
    gate_signers(r, 0, settled.version, latest, settled.at) || gate_signers(r, settled.version + 1, latest, latest, null));
end $$;

-- Whether the quorum stands at `moment`. TRUST and BENEFIT are judged again: leavers no longer count, and a round that
-- lapsed with its quorum gone is over.
create function parley.gate_stands(r parley.gate_rounds, moment timestamptz) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select case
    when r.kind in ('TRUST', 'BENEFIT') then
      r.lapsed_version is null and r.replaced_version is null
      and gate_meets(r, gate_required(r), gate_signers(r, 0, 9223372036854775807, 9223372036854775807, moment))
    else gate_outlives(r)
  end
$$;

-- A signer took an approval back after the round had settled: closes agreements and boundaries whoever else signed.
create function parley.gate_taken_back(r parley.gate_rounds) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select exists (
    select from gate_decisions d
     where d.stream = r.stream and d.checkpoint = r.checkpoint and d.round = r.round
       and gate_is_approval(d.choice) and d.withdrawn_version > (gate_settled(r)).version)
$$;

-- The last round opened about a subject, if it is about this very content; earlier ones are history.
create function parley.gate_round_about(a_stream text, a_kind text, a_subject text, a_core text)
returns parley.gate_rounds
language sql stable set search_path = parley, pg_temp as $$
  select (last).* from (
    select r as last from gate_rounds r
     where r.stream = a_stream and r.kind = a_kind and r.subject = a_subject
     order by r.opened_version desc limit 1) rounds
   where (last).core = a_core
$$;
