-- LEGAL_CHECK (B23, B52): published data, imported by an organisation and checked by its risk owner, needs no grant, wave or TRUST.

create or replace function parley.gate_is_published_only(r parley.gate_releases) returns boolean
language sql immutable set search_path = parley, pg_temp as $$
  select r.requests = '{}' and r.imports <> '{}'
$$;

create or replace function parley.gate_import_is_refused(a_project text, some_imports text[]) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select exists (select from gate_legal_checks c
                  where c.project = a_project and c.import = any (some_imports) and c.outcome <> 'PERMITTED')
$$;

-- A risk owner of the importing organisation, at that time, who did not import it, said yes; and nobody has said no.
create or replace function parley.gate_import_is_permitted(a_project text, an_import text) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select exists (
      select from gate_imports i join gate_legal_checks c using (project, import)
       where i.project = a_project and i.import = an_import and c.outcome = 'PERMITTED' and c.person <> i.importer
         and 'informationRiskOwner' = any (gate_roles_at(gate_programme(i.project), c.person, i.organisation, c.at)))
    and not gate_import_is_refused(a_project, array[an_import])
$$;

create or replace function parley.gate_import_is_over(a_project text, some_imports text[], moment timestamptz) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select exists (select from unnest(some_imports) id
                  where not exists (select from gate_imports i
                                     where i.project = a_project and i.import = id and moment < i.expires))
$$;

create or replace function parley.gate_lacks_legal_check(r parley.gate_releases, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select format('the legal check of import %s has not been given, or was taken back', id) from unnest(r.imports) id
   where gate_import_is_permitted(r.project, id) is not true
  union all
  select format('the import %s is unknown or has expired', id) from unnest(r.imports) id
   where gate_import_is_over(r.project, array[id], moment)
$$;
