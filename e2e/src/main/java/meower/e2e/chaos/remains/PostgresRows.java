package meower.e2e.chaos.remains;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Everything that one database of Postgres answers with: the rows of all its tables, in that of the
 * meows among them {@code meow_event} and {@code outbox}, in that of programs {@code message}.
 */
record PostgresRows(String name, Sessions sessions) implements Place {

  /** Of the owner of the tables: nobody else may have them written anew. */
  @FunctionalInterface
  interface Sessions {
    Connection open() throws SQLException;
  }

  private static final int FETCHED = 1_000;
  private static final Pattern BYTES = Pattern.compile("\\\\x((?:[0-9a-f]{2})+)");

  @Override
  public Set<String> search(Words words) throws SQLException {
    var found = new TreeSet<String>();
    try (var connection = sessions.open()) {
      connection.setAutoCommit(false); // without, all rows would be fetched at once
      for (String table : tables(connection)) {
        found.addAll(
            search(connection, "select present::text from " + table + " as present", words));
      }
    }
    return found;
  }

  private static List<String> tables(Connection connection) throws SQLException {
    var tables = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                select format('%I.%I', schemaname, tablename) from pg_tables
                where schemaname not in ('pg_catalog', 'information_schema')
                """)) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  private static Set<String> search(Connection connection, String query, Words words)
      throws SQLException {
    var found = new TreeSet<String>();
    try (var statement = connection.createStatement()) {
      statement.setFetchSize(FETCHED);
      try (var rows = statement.executeQuery(query)) {
        while (rows.next()) {
          String row = rows.getString(1);
          found.addAll(words.in(row));
          found.addAll(inBytes(row, words));
        }
      }
    }
    return found;
  }

  /** A column of bytes stands in the row's text as hexadecimal digits. */
  private static Set<String> inBytes(String row, Words words) {
    var found = new TreeSet<String>();
    for (var bytes = BYTES.matcher(row); bytes.find(); ) {
      found.addAll(words.in(HexFormat.of().parseHex(bytes.group(1))));
    }
    return found;
  }

  /** Makes it write everything anew that is not dead, and forget the files from before. */
  void compact() throws SQLException {
    try (var connection = sessions.open();
        var statement = connection.createStatement()) {
      statement.execute("vacuum full");
      statement.execute("checkpoint");
    }
  }
}
