-- Fresh links, to the address on record.

-- Portal: the newest mail about it again, whatever state the old link is in, while its person may still act on it. Says nothing
-- about whether it existed.
create or replace function parley.ask_fresh(p_token text) returns void
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  link links;
  mail text;
begin
  select * into link from links l where l.hash = sha256(convert_to(p_token, 'UTF8'));
  if not found then return; end if;
  if link.purpose = 'COUNTERSIGN' then
    if may_countersign(link.stream, link.checkpoint, link.round, link.person) then mail := 'COUNTERSIGN_ASKED'; end if;
  elsif link.purpose in ('DEPOSIT', 'DEPOSIT_FILE') then
    if deposits_for_holder(link.stream, link.checkpoint, link.person) then
      mail := coalesce(deposit_outcome(link.stream, link.checkpoint), 'DEPOSIT_INVITED');
    end if;
  elsif link.purpose = 'ANSWER' then
    if has_part_in_request(link.stream, link.checkpoint, link.person) then mail := request_mail(link.stream, link.checkpoint); end if;
  else
    mail := case link.purpose when 'ACCESS' then 'ACCESS' else 'FRESH_LINK' end;
  end if;
  if mail is not null and take_ask(link.person, 'FRESH_LINK', item(link.stream, link.checkpoint, link.round)) then
    perform order_mail(link.stream, mail, link.person, link.checkpoint, link.round);
  end if;
end $$;
grant execute on function parley.ask_fresh(text) to parley_portal;

-- The undated address of a receipt: names a round, or a request for data (round 0), without any secret, and can do nothing but have a
-- fresh link mailed to the address on record. At most three an hour; the answer is the same whether or not there was anything to send.
create or replace function parley.ask_fresh_about(p_stream text, p_person text, p_checkpoint text, p_round integer) returns void
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  mail text;
begin
  if p_round = 0 and has_part_in_request(p_stream, p_checkpoint, p_person) then
    mail := request_mail(p_stream, p_checkpoint);
  elsif exists (select from rounds r where r.stream = p_stream and r.checkpoint = p_checkpoint and r.round = p_round
                  and exists (select from jsonb_array_elements(r.asked) a where a ->> 'person' = p_person))
     and exists (select from people p where p.programme = programme_of(p_stream) and p.person = p_person and p.is_present) then
    mail := 'FRESH_LINK';
  end if;
  if mail is not null and take_ask(p_person, 'FRESH_LINK') then
    perform order_mail(p_stream, mail, p_person, p_checkpoint, p_round);
  end if;
end $$;
grant execute on function parley.ask_fresh_about(text, text, text, integer) to parley_portal;
