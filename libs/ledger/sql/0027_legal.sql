-- The legal file of a boundary (B53): versions, the officer's advice, incidents; and the gate asks for the file from rules version 2.

insert into parley.append_whitelist (role, type)
select 'parley_api', unnest(array['LegalFileDrafted', 'IncidentRecorded', 'IncidentReported']);

insert into parley.account_decisions (type, roles) values
  ('AdviceRecorded', '{dataProtectionOfficer}'),
  ('AdviceOverridden', '{informationRiskOwner}');

-- Versions of the file by the digest of their bytes, and which one each boundary was put up for LEGAL with.
create table parley.gate_legal_files (
  project text not null,
  file text not null,
  digest text not null,
  primary key (project, file)
);
create table parley.gate_boundary_files (
  project text not null,
  boundary text not null,
  file text not null,
  digest text not null,
  primary key (project, boundary)
);

create function parley.gate_fill_legal() returns trigger
language plpgsql security definer set search_path = parley, pg_temp as $$
begin
  if new.type = 'LegalFileDrafted' then
    insert into gate_legal_files values (new.stream, new.data->>'file', new.data->>'digest');
  elsif new.data ? 'legalFile' then
    insert into gate_boundary_files
    values (new.stream, new.data->>'boundary', new.data->'legalFile'->>'file', new.data->'legalFile'->>'digest');
  end if;
  return null;
end $$;

create trigger gate_fill_legal after insert on parley.events for each row
  when (new.type in ('LegalFileDrafted', 'BoundaryProposed'))
  execute function parley.gate_fill_legal();

create function parley.gate_lacks_legal_file(r parley.gate_releases) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select format('the boundary %s was signed without a legal file', r.boundary)
   where gate_rules_version(r.project) >= 2
     and not exists (
       select from gate_boundary_files b join gate_legal_files f using (project, file, digest)
        where b.project = r.project and b.boundary = r.boundary)
$$;

-- The gate as it was, and this rule besides.
alter function parley.gate_missing(text, text, timestamptz) rename to gate_missing_before_legal_file;
create function parley.gate_missing(a_project text, a_release text, moment timestamptz)
returns table (rule text, reason text)
language sql stable set search_path = parley, pg_temp as $$
  select m.rule, m.reason from gate_missing_before_legal_file(a_project, a_release, moment) m
  union all
  select 'LEGAL_FILE', m
    from gate_releases r cross join lateral gate_lacks_legal_file(r) m
   where r.project = a_project and r.release = a_release
$$;
