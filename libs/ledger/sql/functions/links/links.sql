-- Links that were mailed: minting and finding them, and a command begun with one.

-- What stands against a link to a round or to an account: who is no longer there, another content, somebody who is not asked.
create or replace function parley.check_round_link(p_stream text, p_person text, p_purpose text, p_checkpoint text, p_round integer, p_core text)
  returns void
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  owner text := programme_of(p_stream);
  r rounds;
begin
  if p_purpose = 'COUNTERSIGN' and not may_countersign(p_stream, p_checkpoint, p_round, p_person) then
    raise exception 'NOT_ASKED: nothing recorded in % awaits %', p_checkpoint, p_person using errcode = 'PA002';
  end if;
  if not exists (select from people p where p.programme = owner and p.person = p_person and p.is_present) then
    raise exception 'NO_SUCH_PERSON: % is not on the roster of %', p_person, owner using errcode = 'PA002';
  end if;
  if p_purpose = 'ACCESS' then return; end if;
  select * into r from rounds x where x.stream = p_stream and x.checkpoint = p_checkpoint and x.round = p_round;
  if not found or r.core is distinct from p_core then
    raise exception 'STALE_CONTENT: % round % of % does not ask about this content', p_checkpoint, p_round, p_stream using errcode = 'PA002';
  end if;
  if p_purpose = 'SIGN' and (r.ended_at is not null or not exists (select from jsonb_array_elements(r.asked) a where a ->> 'person' = p_person)) then
    raise exception 'NOT_ASKED: % is not asked in % round %', p_person, p_checkpoint, p_round using errcode = 'PA002';
  end if;
end $$;

-- Courier, in the sending attempt: the hash is stored before the mail goes out. Where others name a checkpoint and its round, a
-- link for the answer to a request names the request, one to a deposit's page the deposit, and both the round 0.
create or replace function parley.mint_link(p_hash bytea, p_stream text, p_person text, p_purpose text, p_checkpoint text, p_round integer, p_core text)
  returns text
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  until timestamptz := wall_clock() + interval '14 days';
begin
  if p_purpose = 'DEPOSIT_FILE' then
    raise exception 'NOT_ASKED: only a code opens the way for a file' using errcode = 'PA002';
  elsif p_purpose = 'DEPOSIT' then
    if not deposits_for_holder(p_stream, p_checkpoint, p_person) then
      raise exception 'NOT_ASKED: % hands no file over for the holder of %', p_person, p_checkpoint using errcode = 'PA002';
    end if;
    if covered_deposit(p_stream, p_checkpoint) ->> 'core' is distinct from p_core then
      raise exception 'STALE_CONTENT: deposit % of % is not of this content', p_checkpoint, p_stream using errcode = 'PA002';
    end if;
  elsif p_purpose = 'ANSWER' then
    if request_core(p_stream, p_checkpoint) is distinct from p_core then
      raise exception 'STALE_CONTENT: request % of % does not ask about this content', p_checkpoint, p_stream using errcode = 'PA002';
    end if;
    if not has_part_in_request(p_stream, p_checkpoint, p_person) then
      raise exception 'NOT_ASKED: % does not answer for the holder of %', p_person, p_checkpoint using errcode = 'PA002';
    end if;
  else
    perform check_round_link(p_stream, p_person, p_purpose, p_checkpoint, p_round, p_core);
  end if;
  insert into links values (p_hash, p_stream, programme_of(p_stream), p_person, p_purpose, p_checkpoint,
    case when p_purpose in ('ANSWER', 'DEPOSIT') then 0 else p_round end, p_core, wall_clock(), until);
  return instant(until);
end $$;
grant execute on function parley.mint_link(bytea, text, text, text, text, integer, text) to parley_courier;

-- Portal: what a token stands for. Unknown and expired tokens give no row. `state`: LIVE, USED (may still withdraw) or VOID.
create or replace function parley.find_link(p_token text)
  returns table (stream text, programme text, person text, purpose text, checkpoint text, round integer, core text, expires text, state text)
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select l.stream, l.programme, l.person, l.purpose, l.checkpoint, l.round, l.core, instant(l.expires),
           case when l.void_at is not null then 'VOID'
                when l.used_at is not null then 'USED'
                when l.purpose = 'SIGN' and (r.ended_at is not null or r.core is distinct from l.core) then 'VOID'
                else 'LIVE' end
      from links l left join rounds r on r.stream = l.stream and r.checkpoint = l.checkpoint and r.round = l.round
      where l.hash = sha256(convert_to(p_token, 'UTF8')) and l.expires > wall_clock()
  $$;
grant execute on function parley.find_link(text) to parley_portal;

-- A link that was mailed to a person: live, or used, which can still list and decide what is open besides its own item.
create or replace function parley.person_of_link(p_token text) returns table (stream text, programme text, person text, checkpoint text, round integer)
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select f.stream, f.programme, f.person, f.checkpoint, f.round
      from find_link(p_token) f where f.state in ('LIVE', 'USED') and f.purpose <> 'ACCESS'
  $$;

-- What `begin_command` answers, for whoever shows a link to this stream, with the link as it stands under the lock.
-- Unknown and expired tokens, access links and links to other streams give no row, and lock nothing.
create or replace function parley.begin_by_link(p_token text, p_stream text, known_programme integer, known_project integer)
  returns table (link jsonb, programme text, programme_version integer, programme_head text, programme_entries text[],
                 project text, project_version integer, project_head text, project_entries text[], now text)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if not exists (select from find_link(p_token) f where f.stream = p_stream and f.purpose <> 'ACCESS') then return; end if;
  if p_stream like 'prj%' then perform lock_project(p_stream); else perform lock_programme(p_stream); end if;
  -- A new statement, so what committed while we waited for the lock is seen.
  return query select to_jsonb(f), r.* from find_link(p_token) f, read_stream(p_stream, known_programme, known_project) r;
end $$;
grant execute on function parley.begin_by_link(text, text, integer, integer) to parley_portal;

-- What `begin_by_link` answers, for a stream of the link's programme: what a code lists need not lie in the link's own stream.
create or replace function parley.begin_by_code(p_token text, p_stream text, known_programme integer, known_project integer)
  returns table (link jsonb, programme text, programme_version integer, programme_head text, programme_entries text[],
                 project text, project_version integer, project_head text, project_entries text[], now text)
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if not exists (select from person_of_link(p_token) l where l.programme = programme_of(p_stream)) then return; end if;
  if p_stream like 'prj%' then perform lock_project(p_stream); else perform lock_programme(p_stream); end if;
  -- A new statement, so what committed while we waited for the lock is seen.
  return query select to_jsonb(f), r.* from find_link(p_token) f, read_stream(p_stream, known_programme, known_project) r;
end $$;
grant execute on function parley.begin_by_code(text, text, integer, integer) to parley_portal;

-- Whoever answered in somebody's name may hold other links of theirs: none of these decides this item any more, and no code
-- that is under way. The fresh one, mailed to the address on record, does.
create or replace function parley.links_disowned() returns trigger
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  d jsonb := new.data;
begin
  update links l set used_at = coalesce(l.used_at, new.at)
    where l.stream = new.stream and l.checkpoint = d ->> 'checkpoint' and l.round = (d ->> 'round')::integer and l.person = d ->> 'person';
  update codes c set consumed_at = new.at
    where c.person = d ->> 'person' and c.consumed_at is null
      and c.items @> jsonb_build_array(jsonb_build_object('stream', new.stream, 'checkpoint', d ->> 'checkpoint', 'round', (d ->> 'round')::integer));
  return null;
end $$;
create or replace trigger links_disowned after insert on parley.events for each row
  when (new.type = 'DecisionWithdrawn' and new.data -> 'disowned' = 'true') execute function parley.links_disowned();
