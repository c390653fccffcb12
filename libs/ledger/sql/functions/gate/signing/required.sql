-- Who must sign: the signers each kind of round needs, whatever the round itself asks for.

create or replace function parley.gate_slot(roles text[], organisation text) returns jsonb
language sql immutable set search_path = parley, pg_temp as $$
  select jsonb_build_object('roles', to_jsonb(roles), 'organisation', organisation, 'count', 1)
$$;

create or replace function parley.gate_slots_of_each(roles text[], organisations text[]) returns jsonb
language sql immutable set search_path = parley, pg_temp as $$
  select coalesce(jsonb_agg(gate_slot(roles, o)), '[]') from (select distinct unnest(organisations) o) each
$$;

create or replace function parley.gate_institutions(a_programme text, an_agreement text) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select p->>'organisation'
    from gate_agreements a, jsonb_array_elements(a.parties) p
   where a.programme = a_programme and a.agreement = an_agreement and p->>'signatory' is not null
$$;

-- Holders whose data is inside a boundary.
create or replace function parley.gate_holders_inside(a_project text, a_boundary text) returns text[]
language sql stable set search_path = parley, pg_temp as $$
  select coalesce(array_agg(distinct s->>'holder'), '{}')
    from gate_boundaries b, jsonb_array_elements(b.scope->'sources') s
   where b.project = a_project and b.boundary = a_boundary
$$;

-- Exposed: the organisations the boundary lists as such, each holder of the release always among them.
create or replace function parley.gate_exposed(a_project text, a_release text) returns text[]
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
create or replace function parley.gate_parties(r parley.gate_rounds) returns text[]
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

-- What an agreement asks of this kind beyond the table, under `part` of its rules: an agreement is signed under its own, everything
-- else under those in force at the opening. Which one that was is looked for last: most agreements ask for nothing more.
create or replace function parley.gate_beyond(r parley.gate_rounds, part text) returns setof jsonb
language plpgsql stable set search_path = parley, pg_temp as $$
begin
  if exists (
       select from gate_agreements a, jsonb_array_elements(a.rules->part) m
        where a.programme = gate_programme(r.stream) and m->>'kind' = r.kind) then
    return query
      select m
        from gate_agreements a, jsonb_array_elements(a.rules->part) m
       where m->>'kind' = r.kind and a.programme = gate_programme(r.stream)
         and a.agreement = case r.kind when 'AGREEMENT' then r.subject
                                       else gate_agreement_signed(a.programme, r.opened_at) end;
  end if;
end $$;

create or replace function parley.gate_more_signers(r parley.gate_rounds) returns jsonb
language sql stable set search_path = parley, pg_temp as $$
  select coalesce(jsonb_agg(m->'slot'), '[]') from gate_beyond(r, 'moreSigners') m
$$;

-- The floor: two people of two organisations, except for LEGAL and OUTPUT.
create or replace function parley.gate_floor(kind text) returns int
language sql immutable set search_path = parley, pg_temp as $$
  select case when kind in ('LEGAL', 'OUTPUT') then 1 else 2 end
$$;

-- The signers each kind needs by default. An opened round may ask for more people, never for fewer: the quorum is
-- counted against the round's own rule and against this one.
create or replace function parley.gate_required(r parley.gate_rounds) returns jsonb
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
