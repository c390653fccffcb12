-- Whether a permitted release may still be read: the withdrawal table, and what ends by the clock.

-- People whose data it is objected, and the sealed release does not say that it leaves them out.
create or replace function parley.gate_ignores_objection(l parley.gate_releases) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select l.sealed_at is not null and exists (
    select from gate_objections o
     where o.project = l.project and o.deposit = any (l.deposits)
       and case when l.heeded is null then o.at >= l.sealed_at else o.objection <> all (l.heeded) end)
$$;

-- The withdrawal table: what closes a permitted release. A release without a permit has only its boundary, its grants, its imports
-- and the agreement to lose.
create or replace function parley.gate_is_withdrawn(a_project text, a_release text) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  -- An approval it rests on was taken back.
  select exists (
      select from gate_releases l
      join gate_rounds r on r.stream = l.project and (
             (r.kind in ('LEGAL', 'ETHICAL') and r.subject = l.boundary)
          or (r.kind = 'TRUST' and r.subject = l.release)
          or (r.kind = 'BENEFIT' and r.wave = l.wave and l.wave > 1))
      join gate_decisions d using (stream, checkpoint, round)
      left join gate_permits p on p.project = l.project and p.release = l.release
     where l.project = a_project and l.release = a_release
       and d.withdrawn_at is not null and gate_is_approval(d.choice)
       and (d.withdrawn_version > p.version or (r.kind in ('LEGAL', 'ETHICAL') and gate_taken_back(r))))
    -- A holder withdrew its grant.
    or exists (
      select from gate_releases l
      join gate_requests q on q.project = l.project and q.request = any (l.requests)
     where l.project = a_project and l.release = a_release and q.withdrawn_at is not null)
    or gate_agreement_taken_back(gate_programme(a_project))
    -- Somebody found that published data may not be used.
    or exists (
      select from gate_releases l
       where l.project = a_project and l.release = a_release and l.imports <> '{}'
         and gate_import_is_refused(a_project, l.imports))
    or exists (
      select from gate_releases l
       where l.project = a_project and l.release = a_release and gate_ignores_objection(l))
$$;

-- Whether a permitted release may be read at `moment`: nothing has closed or expired it (I2, I3). What the permit
-- proved need not be proved again; what can be lost since is looked up here, by index.
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
