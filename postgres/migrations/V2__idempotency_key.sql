-- Which meow a client has posted under a key of its own, so that posting again makes no second one.
-- A row counts for 24 hours and is deleted some time afterwards.
create table idempotency_key (
    key        text collate "C" primary key,
    -- The key is taken before the meow is stored, both in one transaction.
    meow_id    char(27) collate "C" not null references meow (id) deferrable initially deferred,
    created_at timestamptz not null
);

create index idempotency_key_created_at on idempotency_key (created_at);
