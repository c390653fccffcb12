-- Fills the gate's tables from each entry as it is inserted, in the same transaction. Triggers fire in the order of their names:
-- what refines a row that `gate_fill` makes is named after it.

create or replace function parley.gate_texts(list jsonb) returns text[]
language sql immutable set search_path = parley, pg_temp as $$
  select coalesce(array_agg(t), '{}') from jsonb_array_elements_text(list) t
$$;

create or replace function parley.gate_fill() returns trigger
language plpgsql security definer set search_path = parley, pg_temp as $$
begin
  case
    when new.type in ('CheckpointOpened', 'RoundLapsed', 'DecisionRecorded', 'DecisionWithdrawn') then
      perform gate_fill_signoff(new);
    when new.stream like 'pgm\_%' then
      perform gate_fill_programme(new);
    else
      perform gate_fill_course(new);
      perform gate_fill_data(new);
  end case;
  return null;
end $$;
create or replace trigger gate_fill after insert on parley.events for each row execute function parley.gate_fill();
