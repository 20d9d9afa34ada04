-- After which sequence every message of the life is signed; null while an instance of a version before may still publish others.
alter table stream_epoch add column signed_after bigint;

-- The names of the keys with which messages of the life are signed.
alter table stream_epoch add column signed_by text[] not null default '{}';
