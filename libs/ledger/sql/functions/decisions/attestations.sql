-- What a registrar, or the administrator, attests about people.

-- Whether an agreement that names this organisation stands signed: from then on the operator changes nobody in it. An approval nobody
-- has confirmed binds no institution.
create or replace function parley.is_bound_by_agreement(p_programme text, p_organisation text) returns boolean
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select exists (
      select from rounds r
        join events e on e.stream = r.stream and e.type = 'AgreementProposed' and e.data ->> 'agreement' = r.subject ->> 'id'
        where r.stream = p_programme and r.kind = 'AGREEMENT'
          and e.data -> 'parties' @> jsonb_build_array(jsonb_build_object('organisation', p_organisation))
          and not exists (
            select from jsonb_array_elements(r.asked) a where not exists (
              select from decisions x where x.stream = r.stream and x.checkpoint = r.checkpoint and x.round = r.round
                and x.organisation = a ->> 'organisation' and x.withdrawn_at is null
                and x.choice in ('APPROVED', 'APPROVED_WITH_CONDITIONS')
                and not exists (select from gate_pending g where g.stream = x.stream and g.checkpoint = x.checkpoint
                                  and g.round = x.round and g.person = x.person))))
  $$;

-- May this account attest or change this person of this organisation? NULL: it may.
create or replace function parley.attestation_refusal(c parley.credentials, p_programme text, p_type text, d jsonb) returns jsonb
  language plpgsql security definer set search_path = parley, pg_temp
  as $$
declare
  target people;
  own people;
  organisation text;
begin
  select * into target from people p where p.programme = p_programme and p.person = d ->> 'person';
  if p_type <> 'PersonAttested' and not found then
    return refused('NOT_FOUND', 'NO_SUCH_PERSON', 'This person is not on the roster.', 'Attest the person first.');
  end if;
  organisation := coalesce(case when p_type = 'PersonAttested' then d ->> 'organisation' end, target.organisation);
  if c.administrator is not null then
    if p_type = 'PersonAttested' and not text_array(d -> 'roles') && array['registrar', 'signatory', 'auditor'] then
      return refused('FORBIDDEN', 'NOT_YOUR_PERSON', 'The administrator enters only registrars and signatories.', 'The organisation''s registrar attests everybody else.');
    end if;
    if is_bound_by_agreement(p_programme, organisation) then
      return refused('FORBIDDEN', 'AGREEMENT_STANDS', 'An agreement with this organisation is signed: the administrator changes nobody in it.',
                     'Its registrar changes its people; a registrar is changed by an amended agreement.');
    end if;
    return null;
  end if;
  select * into own from people p where p.programme = p_programme and p.person = c.person;
  if c.programme <> p_programme or not found or not own.is_present or not 'registrar' = any (own.roles)
     or own.organisation <> organisation or coalesce(target.organisation <> own.organisation, false) then
    return refused('FORBIDDEN', 'NOT_YOUR_PERSON', 'Only the registrar of the person''s own organisation attests its people.', 'Ask that registrar.');
  end if;
  if c.person = d ->> 'person' then
    return refused('FORBIDDEN', 'OWN_ENTRY', 'A registrar''s own entry is changed only by an amended agreement.', 'Propose an amended agreement.');
  end if;
  return null;
end $$;
