package meower.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;

/**
 * Services are replaced one after the other: an instance of the version before goes on, and may be
 * started again, with the tables of this one.
 */
class SchemaIntegrationTests {

  private static final String LOCATION = "classpath:db/migration";

  /** Each with whether a row that does not name it is refused. */
  private static final String COLUMNS =
      """
      select table_name, column_name, data_type || ' ' || udt_name as type,
        is_nullable = 'NO' and column_default is null and is_identity = 'NO' as needs_value
      from information_schema.columns
      where table_schema = current_schema() and table_name <> 'flyway_schema_history'
      """;

  /**
   * Whatever else can refuse a row, or that one is deleted which another one refers to without
   * saying what becomes of it.
   */
  private static final String RULES =
      """
      select (case when contype = 'f' and confdeltype in ('a', 'r') then confrelid else conrelid end)
          ::regclass::text as table_name, conname::text as name,
        pg_get_constraintdef(oid) as rule
      from pg_constraint where conrelid <> 0 and contype in ('c', 'f', 'p', 'u', 'x')
      union all
      select tablename, indexname, indexdef from pg_indexes
      where schemaname = current_schema() and indexdef like 'CREATE UNIQUE %'
      union all
      select tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
      from pg_trigger where not tgisinternal
      """;

  private final TestPostgres postgres = TestServers.postgres();

  /** What a version knows: its tables, their columns, and what refuses a row. */
  private record Schema(Map<String, Column> columns, Map<String, Rule> rules) {

    Set<String> tables() {
      return columns.values().stream().map(Column::table).collect(Collectors.toSet());
    }
  }

  private record Column(String table, String type, boolean needsValue) {}

  private record Rule(String table, String rule) {}

  @Test
  void noMigrationTakesAnythingFromAnInstanceOfTheVersionBefore() throws Exception {
    String database = postgres.createDatabase();
    List<String> complaints = new ArrayList<>();
    try (Connection connection = connect(database)) {
      Schema before = null;
      for (MigrationInfo migration : flyway(database, MigrationVersion.LATEST).info().all()) {
        flyway(database, migration.getVersion()).migrate();
        Schema after = schema(connection);
        if (before != null) {
          complaints.addAll(complaints(migration.getScript(), before, after));
        }
        before = after;
      }
      assertThat(before).isNotNull().satisfies(last -> assertThat(last.tables()).contains("queue"));
    }
    assertThat(complaints).isEmpty();
  }

  @Test
  void startsAndWorksWithTheTablesOfALaterVersion() throws Exception {
    String database = postgres.createDatabase();
    RunningService.start(postgres, database, TestServers.nats().url()).close();
    try (Connection connection = connect(database)) {
      connection
          .createStatement()
          .execute(
              """
              alter table queue add of_a_later_version text;
              alter table message add of_a_later_version int default 7;
              create table of_a_later_version (id int);
              insert into flyway_schema_history (installed_rank, version, description, type, script,
                checksum, installed_by, execution_time, success)
              select max(installed_rank) + 1, '999', 'later', 'SQL', 'V999__later.sql', 1,
                current_user, 1, true
              from flyway_schema_history
              """);
    }

    try (RunningService older =
        RunningService.start(postgres, database, TestServers.nats().url())) {
      TestProgram worker = older.as("worker");
      assertThat(worker.put("jobs", "{}").statusCode()).isEqualTo(201);
      worker.publish("jobs", "hello");
      assertThat(worker.fetch("jobs").body()).isEqualTo("hello");
    }
  }

  private static List<String> complaints(String script, Schema before, Schema after) {
    List<String> complaints = new ArrayList<>();
    before
        .columns()
        .forEach((name, was) -> {
          Column is = after.columns().get(name);
          if (is == null || !is.type().equals(was.type())) {
            complaints.add(script + " takes or changes the column " + name);
          } else if (is.needsValue() && !was.needsValue()) {
            complaints.add(script + " lets nobody leave out " + name);
          }
        });
    after
        .columns()
        .forEach((name, is) -> {
          if (is.needsValue()
              && before.tables().contains(is.table())
              && !before.columns().containsKey(name)) {
            complaints.add(script + " wants a value for the new column " + name);
          }
        });
    after
        .rules()
        .forEach((name, is) -> {
          if (before.tables().contains(is.table()) && !is.equals(before.rules().get(name))) {
            complaints.add(script + " refuses rows of " + is.table() + " by " + is.rule());
          }
        });
    return complaints;
  }

  private static Schema schema(Connection connection) throws SQLException {
    Map<String, Column> columns = new TreeMap<>();
    try (ResultSet row = connection.createStatement().executeQuery(COLUMNS)) {
      while (row.next()) {
        String table = row.getString("table_name");
        columns.put(
            table + "." + row.getString("column_name"),
            new Column(table, row.getString("type"), row.getBoolean("needs_value")));
      }
    }
    Map<String, Rule> rules = new TreeMap<>();
    try (ResultSet row = connection.createStatement().executeQuery(RULES)) {
      while (row.next()) {
        rules.put(
            row.getString("name"), new Rule(row.getString("table_name"), row.getString("rule")));
      }
    }
    return new Schema(columns, rules);
  }

  private Flyway flyway(String database, MigrationVersion target) {
    return Flyway.configure()
        .dataSource(database, postgres.username(), postgres.password())
        .locations(LOCATION)
        .target(target)
        .load();
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(database, postgres.username(), postgres.password());
  }
}
