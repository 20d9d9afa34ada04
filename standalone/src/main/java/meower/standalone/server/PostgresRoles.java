package meower.standalone.server;

import java.io.IOException;
import java.util.List;

/**
 * The roles of a Postgres that asks for passwords: one for each service, each at home in one
 * database and nowhere else.
 *
 * <p>They are made by a Postgres that nobody can connect to, before each start. So no password of a
 * superuser is needed, and a folder from before there were roles is taken over: what is in a
 * database becomes its role's.
 */
record PostgresRoles(PostgresCluster cluster, Protection protection) {
  private static final String CATALOG = "postgres";

  /** Whose service owns which database. */
  enum Role {
    COMMAND("command", Protection.COMMAND_ROLE, PostgresServer.DATABASE),
    PROGRAMS("program", Protection.PROGRAMS_ROLE, PostgresServer.PROGRAMS);

    final String service;
    final String label;
    final String database;

    Role(String service, String label, String database) {
      this.service = service;
      this.label = label;
      this.database = database;
    }
  }

  /** A line for each role; who is in none of them is not let in. */
  static String hostBasedAuthentication() {
    var lines = new StringBuilder();
    for (var role : Role.values()) {
      lines.append(
          "hostssl %s %s 127.0.0.1/32 scram-sha-256%n".formatted(role.database, role.label));
    }
    return lines.toString();
  }

  String password(Role role) throws IOException {
    return protection.secrets().of(role.service, Protection.POSTGRES_PASSWORD);
  }

  void ensure() throws IOException, InterruptedException {
    List<String> databases = cluster.databases();
    var catalog = new StringBuilder("revoke all on database postgres, template1 from public;\n");
    for (var role : Role.values()) {
      catalog.append(
          """
          do $$ begin if not exists (select from pg_roles where rolname = '%1$s') then create role %1$s; end if; end $$;
          alter role %1$s login nosuperuser nocreatedb nocreaterole password '%2$s';
          """
              .formatted(role.label, password(role)));
      if (!databases.contains(role.database)) {
        catalog.append("create database %s;%n".formatted(role.database));
      }
      catalog.append(
          """
          alter database %1$s owner to %2$s;
          revoke all on database %1$s from public;
          """
              .formatted(role.database, role.label));
    }
    cluster.execute(CATALOG, catalog.toString());
    for (var role : Role.values()) {
      cluster.execute(role.database, takeOver(role));
    }
  }

  /** Of a table, its indexes and the sequences of its columns come along. */
  private static String takeOver(Role role) {
    return """
    do $$ declare statement text; begin for statement in
    select format('alter %%s %%I.%%I owner to %s',
      case relkind when 'v' then 'view' when 'S' then 'sequence' else 'table' end, nspname, relname)
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = 'public' and relkind in ('r', 'p', 'v', 'S')
      and pg_get_userbyid(relowner) <> '%s'
      and not exists (select from pg_depend where objid = pg_class.oid
        and classid = 'pg_class'::regclass and relkind = 'S' and deptype in ('a', 'i'))
    loop execute statement; end loop; end $$;\
    """
            .formatted(role.label, role.label)
            .replaceAll("\\s+", " ")
        + "\n";
  }
}
