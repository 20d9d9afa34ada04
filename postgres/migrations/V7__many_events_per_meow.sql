-- A query that runs for minutes must not hold up everybody behind this: it fails then, and is tried again.
set local lock_timeout = '2s';

alter table meow_event drop constraint meow_id_key;
