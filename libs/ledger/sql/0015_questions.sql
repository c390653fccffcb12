-- The chain of questions and the sufficiency of the data (B18). Once sufficiency is revoked, no permit is given until a
-- version proposed afterwards says that the data suffices, and stands signed.

insert into parley.append_whitelist (role, type) values ('parley_api', 'SufficiencyRevoked');

-- Who said what about sufficiency: a version of the question (which counts once signed), or a revocation at once.
create table parley.gate_sufficiency (
  project text not null,
  version bigint not null,
  question text,
  suffices boolean not null,
  -- Versions recorded before the chain say nothing about what they change, and revoke nothing.
  is_revision boolean not null,
  primary key (project, version)
);

create function parley.gate_sufficiency_of(e parley.events) returns parley.gate_sufficiency
language sql immutable set search_path = parley, pg_temp as $$
  select e.stream, e.version::bigint, case e.type when 'QuestionProposed' then e.data->>'question' end,
         coalesce((e.data->>'sufficient')::boolean, false), coalesce(e.data->'form'->'change' <> 'null', false)
$$;

insert into parley.gate_sufficiency
select s.* from parley.events e cross join lateral parley.gate_sufficiency_of(e) s where e.type = 'QuestionProposed';

create function parley.gate_fill_sufficiency() returns trigger
language plpgsql security definer set search_path = parley, pg_temp as $$
begin
  insert into gate_sufficiency select s.* from gate_sufficiency_of(new) s;
  return null;
end $$;

create trigger gate_fill_sufficiency after insert on parley.events for each row
  when (new.type in ('QuestionProposed', 'SufficiencyRevoked')) execute function parley.gate_fill_sufficiency();

create function parley.gate_question_round(a_project text, a_question text) returns parley.gate_rounds
language sql stable set search_path = parley, pg_temp as $$
  select r.* from gate_papers p cross join lateral gate_paper_round(p) r
   where p.project = a_project and p.stage = 'question' and p.paper = a_question
$$;

create function parley.gate_question_was_signed(s parley.gate_sufficiency) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select (gate_settled(gate_question_round(s.project, s.question))).version is not null
$$;

-- Something revoked what a signed version had granted, and no version proposed since stands signed as sufficient.
create function parley.gate_sufficiency_is_revoked(a_project text, moment timestamptz) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select exists (
    select from gate_sufficiency revoked
     where revoked.project = a_project and not revoked.suffices
       and (revoked.question is null or revoked.is_revision and gate_question_was_signed(revoked))
       and exists (
         select from gate_sufficiency granted
          where granted.project = a_project and granted.suffices and granted.version < revoked.version
            and gate_question_was_signed(granted))
       and not exists (
         select from gate_sufficiency again
          where again.project = a_project and again.suffices and again.version > revoked.version
            and gate_stands(gate_question_round(again.project, again.question), moment)))
$$;

create or replace function parley.gate_lacks_question(r parley.gate_releases, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select format('the release rests on question %s, which is not the one in force', r.question)
   where gate_paper_in_force(r.project, r.cycle, 'question', moment) is distinct from r.question
  union all
  select 'the sufficiency of the data for the question was revoked'
   where gate_sufficiency_is_revoked(r.project, moment) is not false
$$;
