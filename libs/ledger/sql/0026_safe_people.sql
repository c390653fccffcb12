-- Safe people (B54): what the gate knows of each reader, and what it refuses without. Projects of rules version 1 ask for nothing.

insert into parley.account_decisions (type, roles, attests) values
  ('TrainingRecorded', '{registrar}', true),
  ('UndertakingSigned', '{}', false),
  ('InterestsDeclared', '{}', false);

create table parley.gate_safe_people (
  programme text not null,
  person text not null,
  training_expires timestamptz,
  undertaken_at timestamptz,
  declared_at timestamptz,
  primary key (programme, person)
);

-- Who is attested anew begins anew.
create function parley.gate_fill_safe_people() returns trigger
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

create trigger gate_fill_safe_people after insert on parley.events for each row
  when (new.type in ('PersonAttested', 'TrainingRecorded', 'UndertakingSigned', 'InterestsDeclared'))
  execute function parley.gate_fill_safe_people();

create function parley.gate_rules_version(a_project text) returns integer
language sql stable set search_path = parley, pg_temp as $$
  select rules_version from streams where id = a_project
$$;

create function parley.gate_is_safe(a_project text, a_person text, moment timestamptz) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select gate_rules_version(a_project) < 2 or exists (
    select from gate_safe_people s
     where s.programme = gate_programme(a_project) and s.person = a_person
       and moment < s.training_expires and s.undertaken_at is not null and s.declared_at is not null)
$$;

create function parley.gate_lacks_safe_people(r parley.gate_releases, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select format('the reader %s lacks current training, a signed undertaking or declared interests', reader)
    from unnest(r.readers) reader where gate_is_safe(r.project, reader, moment) is not true
$$;

-- The gate as it was, and this rule besides.
alter function parley.gate_missing(text, text, timestamptz) rename to gate_missing_before_safe_people;
create function parley.gate_missing(a_project text, a_release text, moment timestamptz)
returns table (rule text, reason text)
language sql stable set search_path = parley, pg_temp as $$
  select m.rule, m.reason from gate_missing_before_safe_people(a_project, a_release, moment) m
  union all
  select 'SAFE_PEOPLE', m
    from gate_releases r cross join lateral gate_lacks_safe_people(r, moment) m
   where r.project = a_project and r.release = a_release
$$;

-- Asked again at each opening and each renewal: training ends while permits go on.
alter function parley.gate_may_read(text, text) rename to gate_may_read_as_signed;
create function parley.gate_may_read(a_project text, an_analysis text) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select gate_may_read_as_signed(a_project, an_analysis) and coalesce((
    select gate_is_safe(a.project, a.author, gate_now(a.project))
      from gate_analyses a where a.project = a_project and a.analysis = an_analysis), false)
$$;
