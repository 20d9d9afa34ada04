package meower.standalone.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import meower.standalone.secret.PrivateFiles;

/**
 * The roles of a Postgres that asks for passwords: for each service one that owns the tables of its
 * database, and one that works with their rows. Neither gets anywhere else.
 *
 * <p>They are made by a Postgres that nobody can connect to, before the start. So the superuser
 * needs no password and has none, and a folder from before there were roles is taken over: what is
 * in a database becomes its owner's.
 */
record PostgresRoles(PostgresCluster cluster, Protection protection) {
  private static final String CATALOG = "postgres";

  /** Whose service works in which database. */
  enum Role {
    COMMAND("command", Protection.COMMAND_ROLE, PostgresServer.DATABASE),
    PROGRAMS("program", Protection.PROGRAMS_ROLE, PostgresServer.PROGRAMS);

    final String service;
    final String label;
    final String owner;
    final String database;

    Role(String service, String label, String database) {
      this.service = service;
      this.label = label;
      this.owner = label + Protection.OWNER;
      this.database = database;
    }
  }

  /** A line for each role; who is in none of them is not let in. */
  static String hostBasedAuthentication(boolean tls) {
    var lines = new StringBuilder();
    for (var role : Role.values()) {
      lines.append(
          "%s %s %s,%s 127.0.0.1/32 scram-sha-256%n"
              .formatted(tls ? "hostssl" : "host", role.database, role.label, role.owner));
    }
    return lines.toString();
  }

  String password(Role role) throws IOException {
    return protection.secrets().of(role.service, Protection.POSTGRES_PASSWORD);
  }

  /** Makes what is not as it should be; that all is so is remembered in the cluster. */
  void ensure() throws IOException, InterruptedException {
    var catalog = new StringBuilder();
    for (var role : Role.values()) {
      catalog.append(sql("catalog.sql", role));
    }
    var wanted = new StringBuilder(catalog);
    for (var role : Role.values()) {
      wanted.append(sql("database.sql", role));
    }
    Path done = cluster.directory().resolve("roles.meower.sha256");
    String checksum = checksum(wanted.toString());
    if (Files.exists(done) && Files.readString(done).equals(checksum)) {
      return;
    }
    List<String> missing = missingDatabases();
    String creation =
        missing.stream().map("create database %s;%n"::formatted).collect(Collectors.joining());
    cluster.execute(CATALOG, creation + catalog);
    for (var role : Role.values()) {
      cluster.execute(role.database, sql("database.sql", role));
    }
    if (missing.isEmpty()) {
      // There are tables already, so nothing has to be taken back at the next start.
      PrivateFiles.write(done, checksum);
    }
  }

  private List<String> missingDatabases() throws IOException, InterruptedException {
    List<String> databases = cluster.databases();
    return Arrays.stream(Role.values())
        .map(role -> role.database)
        .filter(database -> !databases.contains(database))
        .toList();
  }

  private static String checksum(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private String sql(String file, Role role) throws IOException {
    return Files.readString(protection.postgresRoles().resolve(file))
        .replace("{role}", role.label)
        .replace("{owner}", role.owner)
        .replace("{database}", role.database)
        .replace("{password}", password(role))
        .replace(
            "{owner_password}", protection.secrets().of(role.service, Protection.OWNER_PASSWORD));
  }
}
