-- Programs that have queues here and are not known any more, and since when.
create table absent_program (
  program text primary key,
  since timestamptz not null default now()
);
