-- Opening a result: whoever may read it, and what a withdrawal or a log that is wrong closes (T10, I13, I15).

-- Somebody said of what the release rests on that it was unlawful: then what was made of it is quarantined, checked or not. The
-- withdrawals are those that close the release (gate_is_withdrawn); a release that a result was made of has its permit.
create or replace function parley.gate_is_unlawful(a_project text, a_release text) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select exists (
      select from gate_releases l
      join gate_requests q on q.project = l.project and q.request = any (l.requests)
     where l.project = a_project and l.release = a_release and q.withdrawn_mode = 'UNLAWFUL')
    or exists (
      select from gate_releases l
      join gate_permits p using (project, release)
      join gate_rounds r on r.stream = l.project and (
             (r.kind in ('LEGAL', 'ETHICAL') and r.subject = l.boundary)
          or (r.kind = 'TRUST' and r.subject = l.release)
          or (r.kind = 'BENEFIT' and r.wave = l.wave and l.wave > 1))
      join gate_decisions d using (stream, checkpoint, round)
     where l.project = a_project and l.release = a_release
       and d.withdrawn_mode = 'UNLAWFUL' and gate_is_approval(d.choice)
       and (d.withdrawn_version > p.version or (r.kind in ('LEGAL', 'ETHICAL') and gate_taken_back(r))))
    or exists (
      select from gate_permits p
      join gate_rounds r on r.stream = gate_programme(p.project) and r.kind = 'AGREEMENT'
      join gate_decisions d using (stream, checkpoint, round)
     where p.project = a_project and p.release = a_release
       and d.withdrawn_mode = 'UNLAWFUL' and d.withdrawn_at >= p.at and gate_is_approval(d.choice) and gate_taken_back(r))
$$;

-- Whether the result passed its check, and that stands: anyone of the programme may read it.
create or replace function parley.gate_result_is_shown(a_project text, an_analysis text) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select exists (
    select from gate_analyses a
    cross join lateral gate_round_about(a.project, 'OUTPUT', a.analysis, a.result_core) r
     where a.project = a_project and a.analysis = an_analysis and a.withheld_at is null and a.result_core is not null
       and r.stream is not null and gate_outlives(r) and not gate_is_unlawful(a.project, a.release))
$$;

-- API: the part for a person who shows their token: a checker who is not the result's author, or, once it passed its check and
-- stands, anyone of the programme. NULL for everyone else. Nothing opens while the log is wrong.
create or replace function parley.open_result(p_secret text, p_stream text, p_analysis text) returns bytea
  language plpgsql stable security definer set search_path = parley, pg_temp
  as $$
declare
  c credentials;
  who people;
  author text;
begin
  c := live_credential(p_secret);
  select * into who from people p where p.programme = c.programme and p.person = c.person and p.is_present;
  if not found or not exists (select from streams s where s.id = p_stream and s.programme = c.programme) then
    return null;
  end if;
  if log_closed_because(p_stream) is not null then
    raise exception 'LOG_CLOSED: nothing opens here: %', log_closed_because(p_stream) using errcode = 'PA004';
  end if;
  select a.author into author from gate_analyses a where a.project = p_stream and a.analysis = p_analysis;
  if not ('outputChecker' = any (who.roles) and author is distinct from who.person)
     and not gate_result_is_shown(p_stream, p_analysis) then
    return null;
  end if;
  return (select k.part from result_key_parts k where k.stream = p_stream and k.analysis = p_analysis);
end $$;
grant execute on function parley.open_result(text, text, text) to parley_api;
