-- The self-audit reads read models as the courier, and signed heads are mailed to those who keep them.

grant select on parley.programme_view, parley.organisation_view, parley.person_view, parley.project_view, parley.cycle_view,
  parley.checkpoint_view, parley.request_view, parley.release_view, parley.analysis_view, parley.move_view to parley_courier;

-- Orders the newest signed head to be mailed, once a week, to the auditors and signatories of every programme. Kept by
-- others, it shows whether this database was restored from an old backup, or others were shown another log.
create function parley.log_order_heads() returns void
  language sql security definer set search_path = parley, pg_temp
  as $$
    insert into outbox (key, kind, stream, version, mail)
      select format('log-head/%s/%s/%s', p.programme, p.person, to_char(wall_clock() at time zone 'UTC', 'IYYY-IW')), 'mail', s.id, s.version,
             jsonb_build_object('purpose', 'LOG_HEAD', 'person', p.person, 'about', c.size::text, 'round', 0, 'count', 1)
        from (select max(size) as size from log_checkpoints) c
        join people p on p.is_present and p.roles && array['auditor', 'signatory']
        join streams s on s.id = p.programme
        where c.size is not null
    on conflict (key) do nothing
  $$;
revoke all on function parley.log_order_heads() from public;
grant execute on function parley.log_order_heads() to parley_courier;

-- A tail of the log that was lost for good, and that a person has dealt with: the log goes on under another name.
create table parley.log_losses (
  -- The name of the log that ended.
  origin text primary key,
  -- Its last signed head, which this database does not reach.
  note text not null,
  decided_by text not null,
  reason text not null,
  at timestamptz not null default parley.wall_clock()
);
create trigger log_losses_immutable before update or delete on parley.log_losses
  for each row execute function parley.refuse_change();
grant select on parley.log_losses to parley_api, parley_courier, parley_auditor;
