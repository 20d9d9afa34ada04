-- A query that runs for minutes must not hold up everybody behind this: it fails then, and is tried again.
set local lock_timeout = '2s';

-- Programs that take part: who they are and what they may do.
create table program (
    -- [a-z0-9-]{1,60}
    name         text collate "C" primary key,
    -- post, queues, presence, read
    scopes       text[] not null,
    created_at   timestamptz not null,
    -- To the minute.
    last_used_at timestamptz
);

-- By what a program is known, several of them while one replaces another.
create table program_secret (
    id         bigint generated always as identity primary key,
    program    text collate "C" not null references program (name) on delete cascade,
    -- TOKEN: hash is SHA-256, since tokens are random. PASSWORD: PBKDF2 with its salt.
    kind       text not null,
    hash       text not null,
    created_at timestamptz not null,
    -- Null for one that is good until it is replaced.
    ends_at    timestamptz
);

create index program_secret_program on program_secret (program);
create unique index program_secret_token on program_secret (hash) where kind = 'TOKEN';
