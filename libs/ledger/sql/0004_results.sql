-- The database's part of each result's key. It outlives the release's: a checked result stays readable after its data is gone.

create table parley.result_key_parts (
  stream text not null,
  analysis text not null,
  part bytea,
  destroyed_at timestamptz,
  primary key (stream, analysis)
);

-- Worker: stores the part it drew, or returns the one kept before, so that repeating a run seals the same bytes.
create function parley.keep_result_part(p_stream text, p_analysis text, p_part bytea) returns bytea
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  kept bytea;
begin
  if octet_length(p_part) is distinct from 32 then
    raise exception 'ENTRY_MALFORMED: half a key has 32 bytes' using errcode = 'PA003';
  end if;
  if not exists (select from events e where e.stream = p_stream and e.type = 'AnalysisRegistered' and e.data ->> 'analysis' = p_analysis) then
    raise exception 'NOT_REGISTERED: % is not registered', p_analysis using errcode = 'PA002';
  end if;
  insert into result_key_parts values (p_stream, p_analysis, p_part, null) on conflict do nothing;
  select k.part into kept from result_key_parts k where k.stream = p_stream and k.analysis = p_analysis;
  if kept is null then
    raise exception 'DESTROYED: the key of result % was destroyed', p_analysis using errcode = 'PA002';
  end if;
  return kept;
end $$;

-- API: the part for a person who shows their token, and who may see this result: a checker who is not its author; once
-- a checker's approval stands, anyone of the programme. NULL for everyone else.
create function parley.open_result(p_secret text, p_stream text, p_analysis text) returns bytea
  language plpgsql stable security definer set search_path = parley, pg_temp
  as $$
declare
  c credentials;
  who people;
  author text;
begin
  select * into c from credentials x where x.hash = sha256(convert_to(p_secret, 'UTF8'))
    and x.expires > wall_clock() and x.revoked_at is null;
  select * into who from people p where p.programme = c.programme and p.person = c.person and p.is_present;
  if not found or not exists (select from streams s where s.id = p_stream and s.programme = c.programme) then
    return null;
  end if;
  select e.actor ->> 'person' into author from events e
    where e.stream = p_stream and e.type = 'AnalysisRegistered' and e.data ->> 'analysis' = p_analysis;
  if not ('outputChecker' = any (who.roles) and author is distinct from who.person) and not exists (
    select from rounds r join decisions d on d.stream = r.stream and d.checkpoint = r.checkpoint and d.round = r.round
      where r.stream = p_stream and r.kind = 'OUTPUT' and r.subject ->> 'id' = p_analysis and d.core = r.core
        and d.person is distinct from author and d.withdrawn_at is null
        and d.choice in ('APPROVED', 'APPROVED_WITH_CONDITIONS')) then
    return null;
  end if;
  return (select k.part from result_key_parts k where k.stream = p_stream and k.analysis = p_analysis);
end $$;

-- Worker: destroying either part makes the result unreadable for ever.
create function parley.destroy_result_part(p_stream text, p_analysis text) returns void
  language sql volatile security definer set search_path = parley, pg_temp
  as $$ update result_key_parts k set part = null, destroyed_at = coalesce(destroyed_at, wall_clock())
          where k.stream = p_stream and k.analysis = p_analysis $$;

revoke all on function parley.keep_result_part(text, text, bytea), parley.open_result(text, text, text),
  parley.destroy_result_part(text, text) from public;
grant execute on function parley.keep_result_part(text, text, bytea), parley.destroy_result_part(text, text) to parley_worker;
grant execute on function parley.open_result(text, text, text) to parley_api;
