-- Every meow, for ever: the source of truth.
create table meow (
    -- The order in which meows were accepted; concurrent ones may differ from the order of the stream.
    seq        bigint generated always as identity primary key,
    -- A KSUID: byte order, not the order of a language.
    id         char(27) collate "C" not null unique,
    body       text not null,
    created_at timestamptz not null
);

-- Events that the stream has not acknowledged yet. A row lives from the transaction that stored
-- its meow until the relay has the stream's acknowledgement.
create table outbox (
    seq        bigint generated always as identity primary key,
    -- The id under which the stream recognises a repeated message.
    message_id text not null,
    subject    text not null,
    payload    text not null
);
