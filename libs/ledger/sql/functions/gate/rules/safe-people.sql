-- SAFE_PEOPLE (B54): trained readers who signed an undertaking and declared their interests, from rules version 2 on.

create or replace function parley.gate_is_safe(a_project text, a_person text, moment timestamptz) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select gate_rules_version(a_project) < 2 or exists (
    select from gate_safe_people s
     where s.programme = gate_programme(a_project) and s.person = a_person
       and moment < s.training_expires and s.undertaken_at is not null and s.declared_at is not null)
$$;

create or replace function parley.gate_lacks_safe_people(r parley.gate_releases, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select format('the reader %s lacks current training, a signed undertaking or declared interests', reader)
    from unnest(r.readers) reader where gate_is_safe(r.project, reader, moment) is not true
$$;
