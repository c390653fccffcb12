-- The undated address of a receipt: names an item without any secret, and can do nothing but have a fresh link mailed
-- to the address on record. At most three an hour; the answer is the same whether or not there was anything to send.
create function parley.ask_fresh_about(p_stream text, p_person text, p_checkpoint text, p_round integer) returns void
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if exists (select from rounds r where r.stream = p_stream and r.checkpoint = p_checkpoint and r.round = p_round
               and exists (select from jsonb_array_elements(r.asked) a where a ->> 'person' = p_person))
     and exists (select from people p where p.programme = programme_of(p_stream) and p.person = p_person and p.is_present)
     and take_ask(p_person, 'FRESH_LINK') then
    perform order_mail(p_stream, 'FRESH_LINK', p_person, p_checkpoint, p_round);
  end if;
end $$;

grant execute on function parley.ask_fresh_about(text, text, text, integer) to parley_portal;
