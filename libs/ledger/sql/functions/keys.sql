-- The database's half of each key: stored with the entry that names it, handed out where something was opened, destroyed for good.

-- API: the wrapped file key, in the transaction that records the deposit.
create or replace function parley.store_deposit_key(p_stream text, p_deposit text, p_wrapped text) returns void
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if not exists (select from events e where e.stream = p_stream and e.type = 'DepositReceived' and e.data ->> 'deposit' = p_deposit
                   and e.version = (select s.version from streams s where s.id = p_stream)) then
    raise exception 'NOT_RECEIVED: % was not received just now', p_deposit using errcode = 'PA002';
  end if;
  insert into deposit_keys values (p_stream, p_deposit, p_wrapped, null);
end $$;
grant execute on function parley.store_deposit_key(text, text, text) to parley_api, parley_portal;

-- Worker: destroying only ever closes. Each tells when the database's part was destroyed, the same instant whenever it is asked
-- again; null where it kept none.
drop function if exists parley.destroy_deposit_key(text, text);
create or replace function parley.destroy_deposit_key(p_stream text, p_deposit text) returns timestamptz
  language sql volatile security definer set search_path = parley, pg_temp
  as $$ update deposit_keys k set wrapped = null, destroyed_at = coalesce(k.destroyed_at, wall_clock())
          where k.stream = p_stream and k.deposit = p_deposit returning k.destroyed_at $$;
grant execute on function parley.destroy_deposit_key(text, text) to parley_worker;

-- Worker: the database's half of a release's key, in the transaction that records the sealing. Write only.
create or replace function parley.store_key_part(p_stream text, p_release text, p_part bytea) returns void
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if octet_length(p_part) <> 32 then
    raise exception 'ENTRY_MALFORMED: half a key has 32 bytes' using errcode = 'PA003';
  end if;
  if not exists (select from events e where e.stream = p_stream and e.type = 'ReleaseSealed' and e.data ->> 'release' = p_release) then
    raise exception 'NOT_SEALED: % is not sealed', p_release using errcode = 'PA002';
  end if;
  insert into release_key_parts values (p_stream, p_release, p_part, null);
end $$;
grant execute on function parley.store_key_part(text, text, bytea) to parley_worker;

drop function if exists parley.destroy_release_key(text, text);
create or replace function parley.destroy_release_key(p_stream text, p_release text) returns timestamptz
  language sql volatile security definer set search_path = parley, pg_temp
  as $$ update release_key_parts k set part = null, destroyed_at = coalesce(k.destroyed_at, wall_clock())
          where k.stream = p_stream and k.release = p_release returning k.destroyed_at $$;
grant execute on function parley.destroy_release_key(text, text) to parley_worker;

-- -------------------------------------------------------------------------------------------------------------- results

-- Worker: stores the part it drew, or returns the one kept before, so that repeating a run seals the same bytes.
create or replace function parley.keep_result_part(p_stream text, p_analysis text, p_part bytea) returns bytea
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
grant execute on function parley.keep_result_part(text, text, bytea) to parley_worker;

-- Worker: destroying either part makes the result unreadable for ever. Where none was kept, none is ever made: a run that ended
-- without a result may have another attempt that does not know it yet. What is on record as a result goes only with its entry's
-- approval out of the way: while one stands that nothing has closed, people read it.
drop function if exists parley.destroy_result_part(text, text);
create or replace function parley.destroy_result_part(p_stream text, p_analysis text) returns timestamptz
  language plpgsql volatile security definer set search_path = parley, pg_temp
  as $$
declare
  gone timestamptz;
begin
  if gate_result_is_shown(p_stream, p_analysis) then
    raise exception 'STILL_NEEDED: the result of % passed its check and stands', p_analysis using errcode = 'PA002';
  end if;
  insert into result_key_parts as k values (p_stream, p_analysis, null, wall_clock())
    on conflict (stream, analysis) do update set part = null, destroyed_at = coalesce(k.destroyed_at, wall_clock())
    returning k.destroyed_at into gone;
  return gone;
end $$;
grant execute on function parley.destroy_result_part(text, text) to parley_worker;

-- -------------------------------------------------------------------------------------------------- a project's own key

-- Worker: stores the part it drew, or returns the one kept before, so that every release names its people alike.
create or replace function parley.keep_unit_part(p_stream text, p_part bytea) returns bytea
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  kept bytea;
begin
  if octet_length(p_part) is distinct from 32 then
    raise exception 'ENTRY_MALFORMED: half a key has 32 bytes' using errcode = 'PA003';
  end if;
  insert into unit_key_parts values (p_stream, p_part, null) on conflict do nothing;
  select k.part into kept from unit_key_parts k where k.stream = p_stream;
  if kept is null then
    raise exception 'DESTROYED: the unit key of % was destroyed', p_stream using errcode = 'PA002';
  end if;
  return kept;
end $$;
grant execute on function parley.keep_unit_part(text, bytea) to parley_worker;

-- Worker: afterwards nobody can tell any more who was in which release. Only once none of the project's releases is left.
create or replace function parley.destroy_unit_part(p_stream text) returns void
  language plpgsql volatile security definer set search_path = parley, pg_temp
  as $$
begin
  if exists (
    select from events s where s.stream = p_stream and s.type = 'ReleaseSealed' and not exists (
      select from events d where d.stream = p_stream and d.type = 'ReleaseDestroyed'
        and d.data ->> 'release' = s.data ->> 'release')) then
    raise exception 'STILL_NEEDED: % has releases that were not destroyed', p_stream using errcode = 'PA002';
  end if;
  update unit_key_parts k set part = null, destroyed_at = coalesce(destroyed_at, wall_clock()) where k.stream = p_stream;
end $$;
grant execute on function parley.destroy_unit_part(text) to parley_worker;

-- ------------------------------------------------------------------------------------------------------- sealed objects

-- Worker: of these objects in the vault, those that no entry names. A release's manifest names the keyed ids of its people; while one
-- cannot be read, none of those are called unnamed. Nothing is while the log is wrong: an entry that was lost may have named one.
create or replace function parley.unnamed_objects(p_objects text[]) returns setof text
  language plpgsql stable security definer set search_path = parley, pg_temp
  as $$
begin
  if exists (select from log_closures) or (exists (select from log_checkpoints) and not log_is_attested()) then
    raise exception 'LOG_CLOSED: while the log is wrong it is not known which objects are named' using errcode = 'PA004';
  end if;
  return query
    select o from unnest(p_objects) o
     where o not like 'units-%'
        or not exists (select from events e left join content c on c.id = e.data #>> '{content,core}'
                        where e.type = 'ReleaseSealed' and c.bytes is null)
    except
    select e.data ->> 'object' from events e
     where e.type in ('DepositReceived', 'ReleaseSealed', 'AnalysisEnded', 'EvidenceFileStored')
    except
    select convert_from(c.bytes, 'UTF8')::jsonb #>> '{data,units}'
      from events e join content c on c.id = e.data #>> '{content,core}' where e.type = 'ReleaseSealed';
end $$;
grant execute on function parley.unnamed_objects(text[]) to parley_worker;

-- ---------------------------------------------------------------------------------------------------------------- leases

-- Worker: leases long over. That a read was opened is an entry; a lease only said for how long, and holds nothing once it ran out.
create or replace function parley.prune_leases() returns bigint
  language sql volatile security definer set search_path = parley, pg_temp
  as $$
    with pruned as (delete from leases l where l.expires < wall_clock() - interval '1 day' returning 1)
    select count(*) from pruned
  $$;
grant execute on function parley.prune_leases() to parley_worker;
