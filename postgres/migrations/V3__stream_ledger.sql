-- Which lives the stream has had. The one with the highest number is the present one.
create table stream_epoch (
    number   integer generated always as identity primary key,
    -- The epoch of positions. The same one comes again when a stream is taken over a second time.
    epoch    text not null,
    -- False until the stream holds everything that it has to; until then the newest complete
    -- life before it says what that is and in which order.
    complete boolean not null default false,
    -- How many messages the stream had lost already when it was taken over as it is.
    holes    bigint not null
);

-- The ledger: which message of the stream is which meow. Written in the statement that takes a
-- meow out of the outbox, so that Postgres knows the order of the stream when the stream forgets.
-- Without foreign keys, which would be checked once for each meow.
create table publication (
    epoch    integer not null,
    sequence bigint not null,
    -- meow.seq; null for a message that is no meow, or one that the stream holds already.
    meow_seq bigint,
    primary key (epoch, sequence),
    constraint publication_once unique (epoch, meow_seq)
);

create index publication_foreign on publication (epoch) where meow_seq is null;
