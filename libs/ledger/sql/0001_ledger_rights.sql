-- Who may do what. Everything not granted here is refused; functions are executable by nobody unless named.

grant select on parley.streams, parley.events, parley.content, parley.openings
  to parley_api, parley_portal, parley_worker, parley_courier, parley_auditor;
grant insert on parley.content, parley.openings, parley.outbox to parley_api, parley_portal, parley_worker;
grant select, update on parley.outbox to parley_courier;
grant select on parley.outbox, parley.workflow_seen to parley_auditor;
grant select, insert, update on parley.workflow_seen to parley_worker;
grant select on parley.workflow_seen to parley_courier;
grant select, insert, update, delete on parley.idempotency to parley_api;

grant execute on function parley.wall_clock(), parley.instant(timestamptz), parley.read_stream(text, integer, integer)
  to parley_api, parley_portal, parley_worker, parley_courier, parley_auditor;
grant execute on function parley.lock_programme(text), parley.share_programme(text), parley.lock_project(text),
  parley.begin_command(text, integer, integer, boolean) to parley_api, parley_portal, parley_worker;
grant execute on function parley.append_events(text, text[]) to parley_api, parley_worker;

grant execute on function parley.record_decision(text, text, text[]), parley.find_link(text), parley.ask_fresh(text),
  parley.ask_code(text), parley.claim_access(text, bytea, integer) to parley_portal;
grant execute on function parley.record_account_decision(text, text[]), parley.find_account(text), parley.revoke_account(text),
  parley.store_address(text, text, text, text, text), parley.store_deposit_key(text, text, text) to parley_api;
grant execute on function parley.mint_link(bytea, text, text, text, text, integer, text),
  parley.mint_code(text, text, jsonb, bytea, bytea), parley.address_of(text) to parley_courier;
grant execute on function parley.store_key_part(text, text, bytea), parley.destroy_release_key(text, text),
  parley.destroy_deposit_key(text, text) to parley_worker;
grant execute on function parley.name_of(text), parley.organisation_name(text) to parley_api, parley_portal, parley_courier;
