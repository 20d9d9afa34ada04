-- Who is here: what programs report, and a status API of theirs confirms.

create table presence_source (
  program text primary key,
  status_url text not null,
  online_for_ms bigint not null,
  timeout_ms bigint not null,
  max_in_flight int not null,
  public boolean not null,
  -- How many rows of "seen" it has, and the last of its changes: written in the transactions that change them.
  objects int not null default 0,
  version bigint not null default 0,
  -- Since when its status API gives no answers, and what it says instead.
  failing_since timestamptz,
  last_error text,
  created_at timestamptz not null default now()
);

-- One row for each object that is here. No index on last_seen: each look-up writes it, and so touches no index.
create table seen (
  program text not null,
  id text collate "C" not null,
  last_seen timestamptz not null,
  primary key (program, id)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);

-- Who came (j) and left (l), in the order in which it was committed; kept for minutes.
create table presence_change (
  version bigint generated always as identity primary key,
  program text not null,
  id text collate "C" not null,
  kind "char" not null,
  changed_at timestamptz not null default now()
);

create index presence_change_order on presence_change (program, version);
create index presence_change_age on presence_change (changed_at);

-- One row: when the next sweep is due. Whoever has its lock sweeps.
create table presence_sweep (
  is_only boolean primary key default true check (is_only),
  due_at timestamptz not null default now()
);

insert into presence_sweep default values;
