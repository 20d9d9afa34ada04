do $$ declare statement text; begin for statement in select format('alter %s %I.%I owner to {owner}', case relkind when 'v' then 'view' when 'S' then 'sequence' else 'table' end, nspname, relname) from pg_class join pg_namespace on pg_namespace.oid = relnamespace where nspname = 'public' and relkind in ('r', 'p', 'v', 'S') and pg_get_userbyid(relowner) <> '{owner}' and not exists (select from pg_depend where objid = pg_class.oid and classid = 'pg_class'::regclass and relkind = 'S' and deptype in ('a', 'i')) loop execute statement; end loop; end $$;
grant select, insert, update, delete on all tables in schema public to {role};
grant usage on all sequences in schema public to {role};
alter default privileges for role {owner} in schema public grant select, insert, update, delete on tables to {role};
alter default privileges for role {owner} in schema public grant usage on sequences to {role};
do $$ begin if to_regclass('public.event_trail') is not null then revoke update on public.event_trail from {role}; end if; end $$;
do $$ begin if to_regclass('public.flyway_schema_history') is not null then revoke all on public.flyway_schema_history from {role}; end if; end $$;
