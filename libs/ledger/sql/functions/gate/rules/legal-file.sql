-- LEGAL_FILE (B53): the boundary was signed with its legal file, from rules version 2 on.

create or replace function parley.gate_lacks_legal_file(r parley.gate_releases) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select format('the boundary %s was signed without a legal file', r.boundary)
   where gate_rules_version(r.project) >= 2
     and not exists (
       select from gate_boundary_files b join gate_legal_files f using (project, file, digest)
        where b.project = r.project and b.boundary = r.boundary)
$$;
