-- What flows from the meows into queues.

-- Without anything in it everything flows, null is a queue without a feed.
alter table queue add feed_topics text[];

-- Up to where the stream of meows is in the queue.
create table feed_place (
  queue bigint primary key,
  epoch text not null,
  sequence bigint not null,
  -- The last event there; a stream that was made anew has it at another sequence.
  meow text collate "C",
  revision int,
  -- When that happened, or when the feed began.
  happened_at timestamptz not null,
  -- Nothing flows any more, but what has flowed loses its text when its meow is deleted.
  ended boolean not null default false
);

-- Which meows a queue knows, so that it hears what becomes of them.
create table feed_meow (
  queue bigint not null,
  meow text collate "C" not null,
  created_at timestamptz not null,
  primary key (queue, meow)
);

create index feed_meow_meow on feed_meow (meow);
create index feed_meow_age on feed_meow (created_at);

alter table message add meow text collate "C";
alter table dead_letter add meow text collate "C";
create index message_meow on message (meow) where meow is not null;
create index dead_letter_meow on dead_letter (meow) where meow is not null;
