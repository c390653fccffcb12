-- Whose signatures count in a round.

-- The roles a person held for an organisation at an instant; empty before joining and after leaving.
create or replace function parley.gate_roles_at(a_programme text, a_person text, an_organisation text, moment timestamptz)
returns text[]
language sql stable set search_path = parley, pg_temp as $$
  select coalesce(array_agg(distinct role), '{}')
    from gate_tenures t, unnest(t.roles) role
   where t.programme = a_programme and t.person = a_person and t.organisation = an_organisation
     and t.since <= moment and (t.until is null or moment < t.until)
$$;

create or replace function parley.gate_is_approval(choice text) returns boolean
language sql immutable set search_path = parley, pg_temp as $$
  select choice in ('APPROVED', 'APPROVED_WITH_CONDITIONS')
$$;

-- Nobody approves their own proposal; a result is not checked by its author; who signed a boundary as LEGAL does not
-- also sign it as ETHICAL, nor the reverse (the earlier signature stands).
create or replace function parley.gate_is_barred(r parley.gate_rounds, d parley.gate_decisions) returns boolean
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
-- A signer counts with the roles held at both instants. Without `judged`, only the signing matters. A delegate counts only for
-- what they signed while the delegation stood.
create or replace function parley.gate_signers(r parley.gate_rounds, first bigint, last bigint, as_of bigint, judged timestamptz)
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
                  where a->>'person' = d.person and a->>'organisation' = d.organisation
                    and (a->>'until' is null or d.at < (a->>'until')::timestamptz)
                    and (a->>'onBehalfOf' is null or exists (select from jsonb_array_elements(r.asked) o
                           where o->>'person' = a->>'onBehalfOf' and o->>'organisation' = a->>'organisation' and not o ? 'onBehalfOf')))
     and not gate_is_barred(r, d)
$$;
