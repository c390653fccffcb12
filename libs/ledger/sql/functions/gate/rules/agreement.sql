-- AGREEMENT (B5): a collaboration agreement that every institution has signed and none has left.

-- The latest agreement every institution had signed by `moment`; a proposal changes nothing until then.
create or replace function parley.gate_agreement_signed(a_programme text, moment timestamptz) returns text
language sql stable set search_path = parley, pg_temp as $$
  select a.agreement from gate_agreements a
   where a.programme = a_programme
     and (gate_settled(gate_round_about(a_programme, 'AGREEMENT', a.agreement, a.core))).at <= moment
   order by a.version desc limit 1
$$;

-- Signed, not expired, and no institution has taken its signature back.
create or replace function parley.gate_agreement_in_force(a_programme text, moment timestamptz) returns text
language sql stable set search_path = parley, pg_temp as $$
  select a.agreement
    from gate_agreements a
    cross join lateral gate_round_about(a_programme, 'AGREEMENT', a.agreement, a.core) r
   where a.programme = a_programme and a.agreement = gate_agreement_signed(a_programme, moment)
     and moment < a.expires and gate_stands(r, moment) and not gate_taken_back(r)
$$;

-- An institution has taken its signature back from the agreement that was in force: everything closes. Withdrawals are
-- looked for first, because renewing a lease must be fast and there are hardly ever any.
create or replace function parley.gate_agreement_taken_back(a_programme text) returns boolean
language plpgsql stable set search_path = parley, pg_temp as $$
begin
  return exists (
      select from gate_rounds r join gate_decisions d using (stream, checkpoint, round)
       where r.stream = a_programme and r.kind = 'AGREEMENT' and d.withdrawn_at is not null and gate_is_approval(d.choice))
    and (select gate_taken_back(gate_round_about(a_programme, 'AGREEMENT', a.agreement, a.core))
           from gate_agreements a
          where a.programme = a_programme and a.agreement = gate_agreement_signed(a_programme, 'infinity')) is not false;
end $$;

create or replace function parley.gate_lacks_agreement(a_project text, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select 'no collaboration agreement is in force'
   where gate_agreement_in_force(gate_programme(a_project), moment) is null
$$;
