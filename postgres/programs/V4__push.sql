-- Queues whose messages Meower brings to a receiver instead of waiting for somebody to fetch them.

alter table queue
  add column push_url text,
  add column push_timeout_ms bigint,
  add column push_in_flight int;

-- What is known of each receiver. It is the business of one instance at a time, for as long as owned_until says.
create table push (
  queue bigint primary key references queue on delete cascade,
  -- Of whom this is the state: another URL begins anew.
  url text not null,
  -- unverified, ok, failing or paused
  state text not null default 'unverified',
  since timestamptz not null default now(),
  -- Whether it has answered the challenge.
  verified boolean not null default false,
  failing_since timestamptz,
  failures int not null default 0,
  refusals int not null default 0,
  -- How many calls at once it is trusted with.
  in_flight int not null default 1,
  next_try_at timestamptz not null default now(),
  last_status int,
  last_error text,
  -- Another one whenever somebody else than the owner has changed this row.
  revision bigint not null default 1,
  owner uuid,
  owned_until timestamptz not null default now()
);

-- With what calls are signed: one that stays, and for a day after a change the one before.
create table push_secret (
  id bigint generated always as identity primary key,
  queue bigint not null references queue on delete cascade,
  -- Encrypted when there is a key for that.
  secret bytea not null,
  ends_at timestamptz
);

create index push_secret_queue on push_secret (queue);
create unique index push_secret_present on push_secret (queue) where ends_at is null;
