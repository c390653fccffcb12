-- How a person is reached and recognised: addresses, links, codes, credentials. No process role may read or write these.

-- Where mail for a person goes; kept apart from everything else and readable by the courier's function only.
create table parley.contacts (
  programme text not null,
  person text not null,
  commitment text not null,
  address text not null,
  effective_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (programme, person, commitment)
);
create index contacts_address on parley.contacts (programme, lower(address));
create index contacts_by_address on parley.contacts (lower(address));

create table parley.links (
  hash bytea primary key,
  stream text not null references parley.streams (id),
  programme text not null references parley.streams (id),
  person text not null,
  purpose text not null check (purpose in ('SIGN', 'WITHDRAW', 'ACCESS', 'ANSWER', 'DEPOSIT', 'DEPOSIT_FILE', 'COUNTERSIGN')),
  checkpoint text not null,
  round integer not null,
  core text not null,
  created_at timestamptz not null,
  expires timestamptz not null,
  used_at timestamptz,
  void_at timestamptz
);
create index links_person on parley.links (person);

create table parley.codes (
  id bigint generated always as identity primary key,
  stream text not null,
  person text not null,
  salt bytea not null,
  hash bytea not null,
  -- [{"stream": …, "checkpoint": …, "round": …, "core": …}]: the code decides these, each once, and nothing else.
  items jsonb not null,
  created_at timestamptz not null,
  expires timestamptz not null,
  tries integer not null default 0,
  consumed_at timestamptz,
  -- Which of `items` it has decided.
  used jsonb not null default '[]'
);
create index codes_person on parley.codes (person, stream);

-- Codes and fresh links asked for, counted so that nobody's mailbox is flooded.
create table parley.asks (
  id bigint generated always as identity primary key,
  person text not null,
  purpose text not null,
  -- The item it is about: stream/checkpoint/round.
  about text not null,
  at timestamptz not null
);
create index asks_person on parley.asks (person, purpose, about, at);

create table parley.administrators (
  id text primary key,
  email text not null unique,
  created_at timestamptz not null
);

create table parley.credentials (
  hash bytea primary key,
  programme text,
  person text,
  administrator text references parley.administrators (id),
  scopes text[] not null,
  created_at timestamptz not null,
  expires timestamptz not null,
  revoked_at timestamptz,
  check ((person is null) <> (administrator is null)),
  check ((person is null) = (programme is null))
);

-- Sessions of the pages: an address that an identity provider has verified becomes the credential of one person.
-- Addresses stay unread: the API learns only whose address it was shown, never which addresses there are.
create table parley.sign_ins (
  hash bytea primary key,
  address text not null,
  expires timestamptz not null,
  used_at timestamptz
);
