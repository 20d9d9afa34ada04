-- Changes of who is here go out as events, and flow into queues.

-- When it was last seen; null for a change of before.
alter table presence_change add last_seen timestamptz;

-- Changes up to this one are not kept any more: whoever has only those of before is told everything anew.
alter table presence_source add changes_after bigint not null default 0;
update presence_source set changes_after = version;

-- Whose changes flow into the queue.
alter table queue add feed_presence text;

-- Up to which change they are in the queue.
create table presence_feed_place (
  queue bigint primary key references queue on delete cascade,
  program text not null,
  version bigint not null
);

create index presence_feed_place_order on presence_feed_place (program, version);
