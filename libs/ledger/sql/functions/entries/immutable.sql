-- What was recorded stays recorded: changes are refused even to the owner of the tables.

create or replace function parley.refuse_change() returns trigger
  language plpgsql set search_path = parley, pg_temp
  as $$
begin
  raise exception 'IMMUTABLE: % on %.% is refused; what was recorded stays recorded', tg_op, tg_table_schema, tg_table_name
    using errcode = 'PA002';
end $$;
create or replace trigger events_immutable before update or delete on parley.events
  for each row execute function parley.refuse_change();
create or replace trigger events_never_truncated before truncate on parley.events
  for each statement execute function parley.refuse_change();
create or replace trigger log_entries_immutable before update or delete on parley.log_entries
  for each row execute function parley.refuse_change();
create or replace trigger log_entries_never_truncated before truncate on parley.log_entries
  for each statement execute function parley.refuse_change();
create or replace trigger log_checkpoints_immutable before update or delete on parley.log_checkpoints
  for each row execute function parley.refuse_change();
create or replace trigger log_checkpoints_never_truncated before truncate on parley.log_checkpoints
  for each statement execute function parley.refuse_change();
create or replace trigger log_losses_immutable before update or delete on parley.log_losses
  for each row execute function parley.refuse_change();
