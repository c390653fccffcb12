-- What the answer to a data request, and a file handed over for one, must agree with.

-- The content a request asks about; NULL where there is no such request.
create or replace function parley.request_core(p_stream text, p_request text) returns text
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select e.data #>> '{content,core}' from events e
      where e.stream = p_stream and e.type = 'RequestSent' and e.data ->> 'request' = p_request limit 1
  $$;

-- Whether a person holds one of these roles at the organisation that a request was sent to, now.
create or replace function parley.speaks_for_holder(p_stream text, p_request text, p_person text, p_roles text[]) returns boolean
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select exists (
      select from requests q join people p on p.programme = programme_of(q.stream) and p.organisation = q.holder
        where q.stream = p_stream and q.request = p_request and p.person = p_person and p.is_present and p.roles && p_roles)
  $$;

create or replace function parley.answers_for_holder(p_stream text, p_request text, p_person text) returns boolean
  language sql stable security definer set search_path = parley, pg_temp
  as $$ select speaks_for_holder(p_stream, p_request, p_person, '{dataHolder}') $$;

-- Who answers for it, and whoever answers for its risk.
create or replace function parley.withdraws_for_holder(p_stream text, p_request text, p_person text) returns boolean
  language sql stable security definer set search_path = parley, pg_temp
  as $$ select speaks_for_holder(p_stream, p_request, p_person, '{dataHolder,informationRiskOwner}') $$;

-- Whether a link to a request leads anywhere for a person: to its answer, or to what was granted.
create or replace function parley.has_part_in_request(p_stream text, p_request text, p_person text) returns boolean
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select answers_for_holder(p_stream, p_request, p_person)
        or withdraws_for_holder(p_stream, p_request, p_person)
           and exists (select from gate_requests q where q.project = p_stream and q.request = p_request and q.outcome in ('GRANTED', 'PARTLY_GRANTED'))
  $$;

create or replace function parley.covered_request(p_stream text, p_request text) returns jsonb
  language sql stable security definer set search_path = parley, pg_temp
  as $$ select jsonb_build_object('stream', p_stream, 'checkpoint', p_request, 'round', 0, 'core', request_core(p_stream, p_request)) $$;

-- Which request a clarification is about.
create or replace function parley.clarified(p_stream text, p_clarification text) returns text
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select e.data ->> 'request' from events e
      where e.stream = p_stream and e.type = 'ClarificationAsked' and e.data ->> 'clarification' = p_clarification limit 1
  $$;

-- Taking a grant back, however it is done: there is one, and it is said how far it goes. NULL: nothing stands against it.
create or replace function parley.grant_withdrawal_refusal(p_stream text, d jsonb) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
begin
  if coalesce(d ->> 'mode' not in ('STOP', 'STOP_AND_DESTROY', 'UNLAWFUL'), true) then
    raise exception 'ENTRY_MALFORMED: % is not a mode', d ->> 'mode' using errcode = 'PA003';
  end if;
  if not exists (select from gate_requests q where q.project = p_stream and q.request = d ->> 'request'
                   and q.outcome in ('GRANTED', 'PARTLY_GRANTED') and q.withdrawn_at is null) then
    return refused('CONFLICT', 'NOTHING_TO_WITHDRAW', 'No grant stands for this request.', 'Nothing needs to be done.');
  end if;
  return null;
end $$;

-- Which mail brings whoever answers a request a link to it: asked as before, or to what was answered.
create or replace function parley.request_mail(p_stream text, p_request text) returns text
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select case when q.answered_at is null then 'DATA_REQUEST' else 'FRESH_LINK' end
      from gate_requests q where q.project = p_stream and q.request = p_request
  $$;

-- ------------------------------------------------------------------------------------------------------------- deposits

-- Which request a deposit answers; NULL where no such deposit was invited.
create or replace function parley.deposit_request(p_stream text, p_deposit text) returns text
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select e.data ->> 'request' from events e
      where e.stream = p_stream and e.type = 'DepositInvited' and e.data ->> 'deposit' = p_deposit limit 1
  $$;

-- Whether a person hands files over for the organisation that granted this, now.
create or replace function parley.deposits_for_holder(p_stream text, p_deposit text, p_person text) returns boolean
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select exists (
      select from requests q join people p on p.programme = programme_of(q.stream) and p.organisation = q.holder
        where q.stream = p_stream and q.request = deposit_request(p_stream, p_deposit)
          and p.person = p_person and p.is_present and 'dataCustodian' = any (p.roles))
  $$;

-- What a code for a deposit covers: this deposit, of what that request asked for.
create or replace function parley.covered_deposit(p_stream text, p_deposit text) returns jsonb
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select jsonb_build_object('stream', p_stream, 'checkpoint', p_deposit, 'round', 0,
                              'core', request_core(p_stream, deposit_request(p_stream, p_deposit)))
  $$;

-- Which mail told how the check of a deposit ended; NULL before that.
create or replace function parley.deposit_outcome(p_stream text, p_deposit text) returns text
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select case e.type when 'DepositAccepted' then 'DEPOSIT_ACCEPTED' else 'DEPOSIT_REFUSED' end from events e
      where e.stream = p_stream and e.type in ('DepositAccepted', 'DepositRefused') and e.data ->> 'deposit' = p_deposit limit 1
  $$;
