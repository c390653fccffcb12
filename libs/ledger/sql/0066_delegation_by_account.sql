-- Handing a sign-off on, and taking it back, with an account. It decides nothing: the colleague answers by a link and code of their own.

insert into parley.account_decisions (type, roles) values ('SigningDelegated', '{}'), ('DelegationTakenBack', '{}');

alter function parley.account_refusal(parley.credentials, text, jsonb) rename to account_refusal_of_colleague;
create function parley.account_refusal(c parley.credentials, p_stream text, entry jsonb) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  d constant jsonb := entry -> 'data';
  own links;
  r rounds;
begin
  if entry ->> 'type' not in ('SigningDelegated', 'DelegationTakenBack') then
    return account_refusal_of_colleague(c, p_stream, entry);
  end if;
  if c.person is null or d ->> 'person' is distinct from c.person or d ->> 'assurance' is distinct from 'ACCOUNT' then
    raise exception 'FOREIGN_PERSON: the account is not this person''s' using errcode = 'PA002';
  end if;
  select * into r from rounds x where x.stream = p_stream and x.checkpoint = d ->> 'checkpoint' and x.round = (d ->> 'round')::integer;
  if not found then
    return refused('NOT_FOUND', 'NO_SUCH_ROUND', 'This round does not exist.', 'Look at the open checkpoints.');
  end if;
  -- What the person's own link to this round would be refused for.
  own.stream := p_stream; own.programme := programme_of(p_stream); own.person := c.person;
  own.purpose := 'SIGN'; own.checkpoint := r.checkpoint; own.round := r.round;
  return case entry ->> 'type' when 'DelegationTakenBack' then taking_back_refusal(own, p_stream, r)
                               else delegation_refusal(own, p_stream, d, r) end;
end $$;
