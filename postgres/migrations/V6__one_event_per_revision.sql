-- Of two that change a meow at the same time one wins. Concurrently: nobody waits while this is made. What an earlier try has left
-- half done is not taken for done.
drop index concurrently if exists meow_event_revision;
create unique index concurrently meow_event_revision on meow_event (id, revision);
drop index concurrently if exists meow_event_deletion;
create unique index concurrently meow_event_deletion on meow_event (id) where kind = 'd';
