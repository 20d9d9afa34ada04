-- Queues of programs. Nothing here refers to anything in the database of the meows.

create table queue (
  id bigint generated always as identity primary key,
  name text not null unique,
  program text not null,
  lease_ms bigint not null,
  max_deliveries int not null,
  keep_ms bigint not null,
  publishers text[] not null,
  consumers text[] not null,
  paused boolean not null default false,
  created_at timestamptz not null default now()
);

create index queue_program on queue (program);

-- One row until the message is settled for good. It is ready when visible_at is over; while somebody has a lease, visible_at is
-- the lease's end. No foreign key: a message of a queue that is gone is cleared away like the others of that queue.
create table message (
  queue bigint not null,
  seq bigint generated always as identity,
  id text collate "C" not null,
  body bytea not null,
  -- j: JSON, t: other text in UTF-8, b: bytes
  form "char" not null,
  content_type text not null,
  published_at timestamptz not null,
  -- From when its age counts: from its publication, or from when it was taken back from the dead letters.
  kept_since timestamptz not null,
  visible_at timestamptz not null,
  deliveries int not null default 0,
  -- Delivered as often as it may be.
  exhausted boolean not null default false,
  lease uuid,
  leased_at timestamptz,
  -- The key of the fetch that has the lease.
  attempt uuid,
  primary key (queue, seq)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);

create index message_order on message (queue, visible_at, seq);
create index message_exhausted on message (visible_at) where exhausted;
create index message_attempt on message (queue, attempt) where attempt is not null;

create table dead_letter (
  queue bigint not null,
  id text collate "C" not null,
  body bytea not null,
  form "char" not null,
  content_type text not null,
  published_at timestamptz not null,
  deliveries int not null,
  reason text not null,
  last_error text,
  died_at timestamptz not null default now(),
  primary key (queue, id)
);

create index dead_letter_age on dead_letter (died_at);

create table idempotency_key (
  queue bigint not null,
  program text not null,
  key text not null,
  fingerprint bytea not null,
  ids text[] not null,
  created_at timestamptz not null,
  primary key (queue, program, key)
);

create index idempotency_key_age on idempotency_key (created_at);

-- Queues that are gone, as long as rows of theirs may be left.
create table dropped_queue (
  id bigint primary key,
  dropped_at timestamptz not null default now()
);
