-- A key is stored in the statement that stores its meow, and meows are for ever: there is nothing to check, and the check of each
-- key read and locked its meow.
alter table idempotency_key drop constraint idempotency_key_meow_id_fkey;
