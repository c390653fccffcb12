-- What the gate knows of people, from a programme's entries.

create or replace function parley.gate_fill_programme(e parley.events) returns void
language plpgsql set search_path = parley, pg_temp as $$
declare
  d jsonb := e.data;
begin
  case e.type
    when 'OrganisationAdded' then
      insert into gate_organisations values (e.stream, d->>'organisation', gate_texts(d->'commissionedBy'));
    when 'PersonAttested' then
      perform gate_end_tenure(e);
      insert into gate_tenures
      values (e.stream, d->>'person', d->>'organisation', gate_texts(d->'roles'), e.at, null, e.version);
    when 'RolesChanged' then
      insert into gate_tenures
      select e.stream, person, organisation, gate_texts(d->'roles'), e.at, null, e.version
        from gate_tenures
       where programme = e.stream and person = d->>'person' and until is null;
      perform gate_end_tenure(e);
    when 'PersonLeft' then
      perform gate_end_tenure(e);
    when 'AgreementProposed' then
      insert into gate_agreements
      values (e.stream, d->>'agreement', e.version, d->'content'->>'core', d->'parties', d->'rules',
              (d->>'expires')::timestamptz);
    else null;
  end case;
end $$;

-- Ends what the person was until this event; a tenure that this very event began stays.
create or replace function parley.gate_end_tenure(e parley.events) returns void
language sql set search_path = parley, pg_temp as $$
  update gate_tenures set until = e.at
   where programme = e.stream and person = e.data->>'person' and until is null and since_version < e.version
$$;

-- Who is attested anew begins anew.
create or replace function parley.gate_fill_safe_people() returns trigger
language plpgsql security definer set search_path = parley, pg_temp as $$
begin
  if new.type = 'PersonAttested' then
    delete from gate_safe_people where programme = new.stream and person = new.data->>'person';
  else
    insert into gate_safe_people (programme, person) values (new.stream, new.data->>'person') on conflict do nothing;
    update gate_safe_people
       set training_expires = case new.type when 'TrainingRecorded' then (new.data->>'expires')::timestamptz else training_expires end,
           undertaken_at = case new.type when 'UndertakingSigned' then new.at else undertaken_at end,
           declared_at = case new.type when 'InterestsDeclared' then new.at else declared_at end
     where programme = new.stream and person = new.data->>'person';
  end if;
  return null;
end $$;
create or replace trigger gate_fill_safe_people after insert on parley.events for each row
  when (new.type in ('PersonAttested', 'TrainingRecorded', 'UndertakingSigned', 'InterestsDeclared'))
  execute function parley.gate_fill_safe_people();
