-- A file handed over by link and code: the mail's link reads the page, the code turns it into a second link that takes one file.

-- Portal: the code is given before the file is sent, since a large one takes longer than a code lives. What opens is a link of
-- its own, which no mail ever carried: whoever was forwarded the mail has only the one that reads.
create or replace function parley.begin_deposit(p_token text, p_code text, p_hash bytea) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  link record;
  covers jsonb;
  checked record;
  until timestamptz := wall_clock() + interval '12 hours';
begin
  select * into link from find_link(p_token) f where f.state = 'LIVE' and f.purpose = 'DEPOSIT';
  if not found then
    return refused('NOT_FOUND', 'LINK_DEAD', 'This link is not live.', 'Ask for a fresh link.');
  end if;
  if not deposits_for_holder(link.stream, link.checkpoint, link.person) then
    return refused('FORBIDDEN', 'WRONG_ROLE', 'Only the holder''s own custodians hand its files over.', 'Ask the data custodian.');
  end if;
  -- Equal submissions stand in line here.
  perform from links l where l.hash = sha256(convert_to(p_token, 'UTF8')) for update;
  covers := covered_deposit(link.stream, link.checkpoint);
  select * into checked from try_code(link.person, covers, p_code);
  if checked.refusal is not null then return checked.refusal; end if;
  perform use_code(checked.code_id, covers);
  insert into links values (p_hash, link.stream, link.programme, link.person, 'DEPOSIT_FILE', link.checkpoint, 0, link.core, wall_clock(), until);
  return jsonb_build_object('ok', true, 'expires', instant(until));
end $$;
grant execute on function parley.begin_deposit(text, text, bytea) to parley_portal;
