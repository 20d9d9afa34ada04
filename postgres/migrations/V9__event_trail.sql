-- A query that runs for minutes must not hold up everybody behind this: it fails then, and is tried again.
set local lock_timeout = '2s';

-- From whom each event came, for as many days as the operator has said. Apart from the events, which are for ever. An instance of the
-- version before leaves none.
create table event_trail (
    meow_id    char(27) collate "C" not null,
    revision   smallint not null,
    -- As in meow_event.
    kind       "char" not null,
    at         timestamptz not null,
    -- An IPv4 address, or the first 64 bits of an IPv6 one; null for an operator.
    client     text collate "C",
    -- Null for whoever has not said who they are.
    program    text collate "C",
    operator   text,
    -- Null for whoever came past the proxy.
    request_id text collate "C",
    primary key (meow_id, revision)
);

create index event_trail_client on event_trail (client, at);
create index event_trail_at on event_trail (at);

-- What was written down stays as it is, until it is deleted.
do $$
declare
    other text;
begin
    for other in
        select distinct grantee from information_schema.role_table_grants
        where table_name = 'event_trail' and privilege_type = 'UPDATE' and grantee <> current_user
    loop
        execute format('revoke update on event_trail from %I', other);
    end loop;
end
$$;
