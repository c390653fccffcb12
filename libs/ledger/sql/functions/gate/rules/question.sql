-- QUESTION (B10, B18): the version in force, and nobody has revoked that the data suffices for it.

create or replace function parley.gate_question_round(a_project text, a_question text) returns parley.gate_rounds
language sql stable set search_path = parley, pg_temp as $$
  select r.* from gate_papers p cross join lateral gate_paper_round(p) r
   where p.project = a_project and p.stage = 'question' and p.paper = a_question
$$;

create or replace function parley.gate_question_was_signed(s parley.gate_sufficiency) returns boolean
language sql stable set search_path = parley, pg_temp as $$
  select (gate_settled(gate_question_round(s.project, s.question))).version is not null
$$;

-- Something revoked what a signed version had granted, and no version proposed since stands signed as sufficient.
create or replace function parley.gate_sufficiency_is_revoked(a_project text, moment timestamptz) returns boolean
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

-- The question's version by itself: sufficiency holds up waves, and published data is none.
create or replace function parley.gate_lacks_own_question(r parley.gate_releases, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select format('the release rests on question %s, which is not the one in force', r.question)
   where gate_paper_in_force(r.project, r.cycle, 'question', moment) is distinct from r.question
$$;

create or replace function parley.gate_lacks_question(r parley.gate_releases, moment timestamptz) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select gate_lacks_own_question(r, moment)
  union all
  select 'the sufficiency of the data for the question was revoked'
   where gate_sufficiency_is_revoked(r.project, moment) is not false
$$;
