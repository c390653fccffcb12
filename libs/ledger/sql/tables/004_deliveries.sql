-- What goes out: wakes and mail, wishes about mail, addresses at which none arrives; and answers the API gives again.

create table parley.outbox (
  id bigint generated always as identity primary key,
  key text not null unique,
  kind text not null check (kind in ('wake', 'mail')),
  stream text not null,
  version integer not null,
  mail jsonb check ((kind = 'mail') = (mail is not null)),
  attempts integer not null default 0,
  at timestamptz not null default parley.wall_clock(),
  not_before timestamptz not null default '-infinity',
  done_at timestamptz,
  failure text,
  -- Mails that were taken together go to the queue as one job, and a row that is taken again stays with the job it went to.
  job text,
  -- Held for the hour of one mail a day; NULL: it goes out by itself.
  digest_at timestamptz,
  -- Mails of a project in a shock go out first.
  urgent boolean not null default false
);
create index outbox_pending on parley.outbox (kind, urgent desc, id) where done_at is null;
create index outbox_digest on parley.outbox ((mail ->> 'person')) where done_at is null and digest_at is not null;

-- The version each stream's workflow has read: whatever is ahead of it is woken by the sweep.
create table parley.workflow_seen (
  stream text primary key references parley.streams (id),
  version integer not null
);

-- How often a person wants to be asked by mail: their own wish goes before what the agreement says for everybody.
create table parley.mail_wishes (
  programme text not null,
  person text not null,
  -- The hour of one mail a day, and the zone whose clocks show it; NULL: each request comes as it is made.
  at text check (at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  time_zone text,
  wished_at timestamptz not null,
  primary key (programme, person),
  check ((at is null) = (time_zone is null))
);

-- Addresses at which mail does not arrive: what the courier hears of them, beside the ledger. It decides nothing; a new address,
-- which only the person's own registrar sets, is another commitment, so it starts unblemished.
create table parley.bounces (
  programme text not null,
  person text not null,
  -- Which address: whoever reads this learns which commitment failed, and no address.
  commitment text not null,
  status text not null,
  at timestamptz not null,
  primary key (programme, person, commitment)
);

-- What return paths are keyed with, so that nobody outside can have an address called dead.
create table parley.bounce_key (key bytea not null);

insert into parley.bounce_key
  select sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'));

-- Idempotency-Key of the API: the first answer is given again.
create table parley.idempotency (
  actor text not null,
  key text not null,
  fingerprint text not null,
  status integer,
  body jsonb,
  at timestamptz not null default parley.wall_clock(),
  primary key (actor, key)
);

grant insert on parley.outbox to parley_api, parley_portal, parley_worker;
grant select, update on parley.outbox to parley_courier;
grant select on parley.outbox, parley.workflow_seen to parley_auditor;
grant select, insert, update on parley.workflow_seen to parley_worker;
grant select on parley.workflow_seen to parley_courier;
grant select, insert, update, delete on parley.idempotency to parley_api;
