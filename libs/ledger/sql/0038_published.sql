-- Published data (B23, B52): imported by an organisation, checked by its risk owner, released without grant, wave or TRUST.

insert into parley.append_whitelist (role, type) values ('parley_api', 'ImportProposed');
insert into parley.account_decisions (type, roles) values ('LegalCheckRecorded', '{informationRiskOwner}');

create table parley.gate_imports (
  project text not null,
  import text not null,
  organisation text not null,
  importer text not null,
  expires timestamptz not null,
  primary key (project, import)
);

create table parley.gate_legal_checks (
  project text not null,
  import text not null,
  person text not null,
  outcome text not null,
  at timestamptz not null,
  version bigint not null,
  primary key (project, version)
);

alter table parley.gate_releases add column imports text[] not null default '{}';

create function parley.gate_fill_published() returns trigger
language plpgsql security definer set search_path = parley, pg_temp as $$
declare
  d jsonb := new.data;
begin
  case new.type
    when 'ImportProposed' then
      insert into gate_imports
      values (new.stream, d->>'import', d->>'organisation', d->>'person', (d->>'expires')::timestamptz);
    when 'LegalCheckRecorded' then
      insert into gate_legal_checks values (new.stream, d->>'import', d->>'person', d->>'outcome', new.at, new.version);
    else
      update gate_releases set imports = gate_texts(d->'imports')
       where project = new.stream and release = d->>'release';
  end case;
  return null;
end $$;

-- After `gate_fill`, which makes the release's row: triggers fire in the order of their names.
create trigger gate_fill_published after insert on parley.events for each row
  when (new.type in ('ImportProposed', 'LegalCheckRecorded') or new.type = 'ReleaseProposed' and new.data ? 'imports')
  execute function parley.gate_fill_published();

create function parley.gate_is_published_only(r parley.gate_releases) returns boolean
language sql immutable set search_path = parley, pg_temp as $$
  select r.requests = '{}' and r.imports <> '{}'
$$;

create function parley.gate_import_is_refused(a_project text, some_imports text[]) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select exists (select from gate_legal_checks c
                  where c.project = a_project and c.import = any (some_imports) and c.outcome <> 'PERMITTED')
$$;

-- A risk owner of the importing organisation, at that time, who did not import it, said yes; and nobody has said no.
create function parley.gate_import_is_permitted(a_project text, an_import text) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select exists (
      select from gate_imports i join gate_legal_checks c using (project, import)
       where i.project = a_project and i.import = an_import and c.outcome = 'PERMITTED' and c.person <> i.importer
         and 'informationRiskOwner' = any (gate_roles_at(gate_programme(i.project), c.person, i.organisation, c.at)))
    and not gate_import_is_refused(a_project, array[an_import])
$$;

create function parley.gate_import_is_over(a_project text, some_imports text[], moment timestamptz) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select exists (select from unnest(some_imports) id
                  where not exists (select from gate_imports i
                                     where i.project = a_project and i.import = id and moment < i.expires))
$$;

create function parley.gate_lacks_legal_check(r parley.gate_releases, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select format('the legal check of import %s has not been given, or was taken back', id) from unnest(r.imports) id
   where gate_import_is_permitted(r.project, id) is not true
  union all
  select format('the import %s is unknown or has expired', id) from unnest(r.imports) id
   where gate_import_is_over(r.project, array[id], moment)
$$;

-- A release's files answer its requests and its imports.
create or replace function parley.gate_lacks_deposit(r parley.gate_releases) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select format('no accepted deposit for %s is part of this release', id) from unnest(r.requests || r.imports) id
   where not exists (
     select from gate_deposits d
      where d.project = r.project and d.request = id and d.deposit = any (r.deposits)
        and d.received_at is not null and d.accepted and d.destroyed_at is null)
  union all
  select format('the deposit %s is not accepted, was destroyed or answers another request', id) from unnest(r.deposits) id
   where not exists (
     select from gate_deposits d
      where d.project = r.project and d.deposit = id and d.request = any (r.requests || r.imports)
        and d.received_at is not null and d.accepted and d.destroyed_at is null)
$$;

-- The question's version by itself: sufficiency holds up waves, and published data is none.
create function parley.gate_lacks_own_question(r parley.gate_releases, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select format('the release rests on question %s, which is not the one in force', r.question)
   where gate_paper_in_force(r.project, r.cycle, 'question', moment) is distinct from r.question
$$;

-- B23: agreement, question and legal check; of a linked release, all that other data needs and the legal check besides.
alter function parley.gate_missing(text, text, timestamptz) rename to gate_missing_of_granted;
create function parley.gate_missing(a_project text, a_release text, moment timestamptz)
returns table (rule text, reason text)
language plpgsql stable set search_path = parley, pg_temp as $$
declare
  r gate_releases;
begin
  select * into r from gate_releases g where g.project = a_project and g.release = a_release;
  if gate_is_published_only(r) is not true then
    return query select m.rule, m.reason from gate_missing_of_granted(a_project, a_release, moment) m
      union all select 'LEGAL_CHECK', m from gate_lacks_legal_check(r, moment) m;
    return;
  end if;
  return query
    select 'PROJECT', m from gate_lacks_project(a_project) m
    union all select 'RELEASE', m from gate_lacks_release(r, moment) m
    union all select 'AGREEMENT', m from gate_lacks_agreement(a_project, moment) m
    union all select 'QUESTION', m from gate_lacks_own_question(r, moment) m
    union all select 'LEGAL_CHECK', m from gate_lacks_legal_check(r, moment) m
    union all select 'DEPOSIT', m from gate_lacks_deposit(r) m
    union all select 'SEALED', 'the release has not been materialised and sealed' where r.sealed_core is null;
end $$;

-- B22: published data alone has no request round, so it makes no wave later and is cited by none.
create or replace function parley.gate_wave(r parley.gate_releases) returns int
language sql stable set search_path = parley, pg_temp as $$
  select 1 + count(distinct earlier.request_round)::int
    from gate_permits p join gate_releases earlier using (project, release)
   where p.project = r.project and earlier.request_round < r.request_round and not gate_is_published_only(earlier)
$$;
create or replace function parley.gate_lacks_rationale(r parley.gate_releases) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select 'a further wave must cite the releases it rests on'
   where r.wave > 1 and (r.cites = '{}' or exists (
     select from unnest(r.cites) cited
      where not exists (select from gate_permits p join gate_releases earlier using (project, release)
                         where p.project = r.project and p.release = cited and p.wave < r.wave
                           and not gate_is_published_only(earlier))))
$$;

-- --------------------------------------------------------------------------------------------------------- still open?

alter function parley.gate_is_withdrawn(text, text) rename to gate_is_withdrawn_by_people;
create function parley.gate_is_withdrawn(a_project text, a_release text) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select gate_is_withdrawn_by_people(a_project, a_release)
      or exists (select from gate_releases r
                  where r.project = a_project and r.release = a_release and r.imports <> '{}'
                    and gate_import_is_refused(a_project, r.imports))
$$;

create or replace function parley.gate_live(a_project text, a_release text, moment timestamptz) returns boolean
language plpgsql stable set search_path = parley, pg_temp as $$
declare
  l gate_releases;
begin
  select * into l from gate_releases r where r.project = a_project and r.release = a_release;
  return exists (select from gate_permits p where p.project = a_project and p.release = a_release and moment < p.expires)
    and l.given_up_at is null and l.destroyed_at is null
    and not exists (select from gate_requests q
                     where q.project = l.project and q.request = any (l.requests) and moment >= q.given_expires)
    and not gate_import_is_over(a_project, l.imports, moment)
    and not exists (select from gate_lacks_project(a_project))
    and (gate_is_published_only(l) or not exists (select from gate_lacks_ethics(a_project, moment)))
    and not gate_is_withdrawn(a_project, a_release);
end $$;

create or replace function parley.gate_latest_expiry(r parley.gate_releases, moment timestamptz) returns timestamptz
language sql stable set search_path = parley, pg_temp as $$
  select least(
    r.expires,
    (select a.expires from gate_agreements a
      where a.programme = gate_programme(r.project) and a.agreement = gate_agreement_in_force(a.programme, moment)),
    (select b.expires from gate_boundaries b where b.project = r.project and b.boundary = r.boundary),
    (select max(e.expires) from gate_ethics e
      where e.project = r.project and e.ended_at is null and moment < e.expires and not gate_is_published_only(r)),
    (select min(q.given_expires) from gate_requests q where q.project = r.project and q.request = any (r.requests)),
    (select min(i.expires) from gate_imports i where i.project = r.project and i.import = any (r.imports)),
    (select min((c->>'value')::timestamptz) from gate_conditions(r, moment) c where c->>'kind' = 'EARLIER_EXPIRY'))
$$;

-- What anybody can have from its publisher needs no safe person to read it.
create or replace function parley.gate_may_read(a_project text, an_analysis text) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select gate_may_read_as_signed(a_project, an_analysis) and coalesce((
    select gate_is_published_only(r) or gate_is_safe(a.project, a.author, gate_now(a.project))
      from gate_analyses a join gate_releases r using (project, release)
     where a.project = a_project and a.analysis = an_analysis), false)
$$;

-- A published file is opened to be checked and sealed while the agreement stands and nobody has said that it may not be used.
alter function parley.gate_lacks_for_deposit(parley.gate_deposits, timestamptz) rename to gate_lacks_for_granted;
create function parley.gate_lacks_for_deposit(d parley.gate_deposits, moment timestamptz) returns table (rule text, reason text)
language plpgsql stable set search_path = parley, pg_temp as $$
begin
  if not exists (select from gate_imports i where i.project = d.project and i.import = d.request) then
    return query select m.rule, m.reason from gate_lacks_for_granted(d, moment) m;
    return;
  end if;
  return query
    select 'AGREEMENT', m from gate_lacks_agreement(d.project, moment) m
    union all select 'LEGAL_CHECK', format('the import %s may not be used, or has expired', d.request)
               where gate_import_is_refused(d.project, array[d.request]) or gate_import_is_over(d.project, array[d.request], moment)
    union all select 'DEPOSIT', 'the deposit was not received, was refused or was destroyed'
               where d.received_at is null or d.accepted is false or d.destroyed_at is not null;
end $$;

revoke all on parley.gate_imports, parley.gate_legal_checks from public;
revoke all on function parley.gate_fill_published(), parley.gate_missing(text, text, timestamptz) from public;
