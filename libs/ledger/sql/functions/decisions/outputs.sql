-- The output check: no result is approved over an undecided finding, and exceptions are granted by two checkers.

-- What stands against approving the result a round is about: findings that go to a person, and on which this one says nothing.
create or replace function parley.findings_refusal(p_stream text, d jsonb) returns jsonb
  language plpgsql stable security definer set search_path = parley, pg_temp
  as $$
declare
  undecided text;
begin
  select string_agg(f ->> 'id', ', ') into undecided
    from rounds r
    join events e on e.stream = r.stream and e.type = 'AnalysisEnded' and e.data ->> 'analysis' = r.subject ->> 'id'
    cross join lateral jsonb_array_elements(coalesce(e.data -> 'findings', '[]')) f
    where r.stream = p_stream and r.kind = 'OUTPUT' and r.checkpoint = d ->> 'checkpoint'
      and r.round = (d ->> 'round')::integer and f ->> 'verdict' = 'review'
      and not exists (select from jsonb_array_elements(coalesce(d -> 'findings', '[]')) said
                        where said ->> 'finding' = f ->> 'id' and coalesce(said ->> 'reason', '') <> '');
  if undecided is null or coalesce(d ->> 'choice' not in ('APPROVED', 'APPROVED_WITH_CONDITIONS'), true) then
    return null;
  end if;
  return refused('CONFLICT', 'FINDINGS_UNDECIDED', 'Findings wait for a decision: ' || undecided || '.',
                 'Give a written reason for each, or ask for changes.');
end $$;

-- An exception is granted by a second checker, and neither of the two made the analysis.
create or replace function parley.exception_refusal(p_stream text, p_type text, d jsonb) returns jsonb
  language plpgsql stable security definer set search_path = parley, pg_temp
  as $$
declare
  proposed jsonb := d;
begin
  if p_type = 'ExceptionGranted' then
    select e.data into proposed from events e
      where e.stream = p_stream and e.type = 'ExceptionProposed' and e.data ->> 'exception' = d ->> 'exception';
    if proposed is null or proposed ->> 'person' = d ->> 'person' then
      return refused('FORBIDDEN', 'SECOND_CHECKER', 'An exception is granted by somebody else than who proposed it.', 'Another checker decides.');
    end if;
  end if;
  if exists (select from events e where e.stream = p_stream and e.type = 'AnalysisRegistered'
               and e.data ->> 'analysis' = proposed ->> 'analysis' and e.actor ->> 'person' = d ->> 'person') then
    return refused('FORBIDDEN', 'SELF_APPROVAL', 'The author does not check the output.', 'Another checker decides.');
  end if;
  return null;
end $$;
