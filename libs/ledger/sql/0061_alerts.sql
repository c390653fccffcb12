-- What closes gates is told to whoever watches this installation, once for each reason.

alter table parley.log_closures add column told text;

create function parley.log_untold() returns table (scope text, kind text, reason text, at timestamptz)
  language sql stable security definer set search_path = parley, pg_temp
  as $$
    select c.scope, c.kind, c.reason, c.at from log_closures c where c.told is distinct from c.reason order by c.at, c.scope limit 20
  $$;

create function parley.log_told(p_scope text, p_kind text, p_reason text) returns void
  language sql security definer set search_path = parley, pg_temp
  as $$
    update log_closures set told = p_reason where scope = p_scope and kind = p_kind
  $$;

revoke all on function parley.log_untold(), parley.log_told(text, text, text) from public;
grant execute on function parley.log_untold(), parley.log_told(text, text, text) to parley_courier;
