-- A run cancelled by a person: from then on its lease is not renewed, no read opens for it, and no result is recorded.

insert into parley.append_whitelist (role, type) values ('parley_api', 'AnalysisCancelled');

create function parley.gate_fill_cancelled() returns trigger
language plpgsql security definer set search_path = parley, pg_temp as $$
begin
  update gate_analyses set ended_at = new.at
   where project = new.stream and analysis = new.data->>'analysis' and ended_at is null;
  return null;
end $$;

create trigger gate_fill_cancelled after insert on parley.events for each row
  when (new.type = 'AnalysisCancelled') execute function parley.gate_fill_cancelled();
