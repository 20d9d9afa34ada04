-- A query that runs for minutes must not hold up everybody behind this: it fails then, and is tried again.
set local lock_timeout = '2s';

-- What happened to meows, one row for each thing that happened, for ever: the source of truth. Nothing of a row is ever changed but
-- this: a deletion takes the texts out of the rows before it.
alter table meow rename to meow_event;
alter table meow_event
    -- 1 is the creation, each later event of the meow has the next number.
    add revision   smallint not null default 1,
    -- c created, e edited, d deleted: the last one, whatever comes.
    add kind       "char" not null default 'c',
    -- When it happened; null where that is created_at, which every row of a meow repeats.
    add at         timestamptz,
    -- Who did it: nobody can say so yet.
    add author     bigint,
    add byline     text,
    -- a author, m moderator, o operator.
    add deleted_by "char",
    -- Null in a deletion, and in what a deletion has erased.
    alter body drop not null;

-- By count and not by share: what was erased must not lie in dead rows until a tenth of ten million has changed.
alter table meow_event set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- For an instance of the version before, which goes on while this one starts.
create view meow as select seq, id, body, created_at from meow_event where revision = 1;

-- A message only names its event. The other columns are filled by an instance of the version before.
alter table outbox
    add event_seq bigint,
    alter message_id drop not null,
    alter subject drop not null,
    alter payload drop not null;

create index outbox_of_the_version_before on outbox (seq) where event_seq is null;

create view outbox_event as
    select seq,
        coalesce(event_seq, (
            select meow_event.seq from meow_event
            where meow_event.id = (outbox.message_id collate "C")::bpchar and meow_event.revision = 1)) as event_seq
    from outbox;

-- meow_seq is the seq of a meow_event. erasure says of the message at the sequence: 0 it is as it was published, 1 its text has to
-- go, 2 it is gone, 3 it never had a text, because the meow was deleted before it was published.
alter table publication add erasure smallint not null default 0;

create index publication_erasure on publication (epoch, erasure, sequence) where erasure in (1, 2);

-- How many messages of this life of the stream were erased.
alter table stream_epoch add erased bigint not null default 0;
