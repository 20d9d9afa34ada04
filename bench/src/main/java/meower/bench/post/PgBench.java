package meower.bench.post;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import meower.bench.lab.Contender;
import meower.bench.lab.Sample;
import meower.standalone.process.Executables;
import meower.standalone.stack.Login;

/**
 * What people compare a durable write to: PostgreSQL's own pgbench, in the same server and with the
 * same settings.
 */
public final class PgBench implements Contender {

  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");
  private static final Pattern AVERAGE = Pattern.compile("latency average = ([0-9.]+) ms");
  private static final String TABLE =
      """
      DROP TABLE IF EXISTS bench_meow;
      CREATE TABLE bench_meow (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        body text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )
      """;
  private static final String INSERT =
      """
      INSERT INTO bench_meow (body)
      VALUES ('a meow of a benchmark, as long as most of them are: some 70 letters...');
      """;

  private static final Work INSERTS =
      new Work(
          "pgbench: one INSERT in each transaction",
          "posts/s",
          1,
          TABLE,
          INSERT,
          "DROP TABLE bench_meow");

  private final Login database;
  private final int clients;
  private final Duration time;
  private final Work work;

  /**
   * What it does.
   *
   * @param unit of the first figure: the operations in a second
   * @param operations how many operations one run of the script is
   * @param before SQL that makes what the script needs
   * @param script in the language of pgbench
   * @param after SQL that removes it
   */
  public record Work(
      String name, String unit, int operations, String before, String script, String after) {}

  /** Stores one row in each transaction. */
  public PgBench(Login database, int clients, Duration time) {
    this(database, clients, time, INSERTS);
  }

  public PgBench(Login database, int clients, Duration time, Work work) {
    this.database = database;
    this.clients = clients;
    this.time = time;
    this.work = work;
  }

  @Override
  public String name() {
    return work.name();
  }

  @Override
  public Sample measure() throws IOException, InterruptedException, SQLException {
    execute(work.before());
    Path script = Files.createTempFile("meower-pgbench", ".sql");
    try {
      Files.writeString(script, work.script());
      String said = run(script);
      return Sample.of(work.unit(), work.operations() * figure(RATE, said))
          .with("average ms", figure(AVERAGE, said));
    } finally {
      Files.delete(script);
      execute(work.after());
    }
  }

  private String run(Path script) throws IOException, InterruptedException {
    URI address = URI.create(database.url().replaceFirst("^jdbc:", ""));
    var builder =
        new ProcessBuilder(
            List.of(
                Executables.require("pgbench").toString(),
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + clients,
                "--jobs=2",
                "--time=" + Math.max(1, time.toSeconds()),
                "--file=" + script,
                "--host=" + address.getHost(),
                "--port=" + address.getPort(),
                "--username=" + database.user(),
                address.getPath().substring(1)));
    builder.environment().put("PGPASSWORD", database.password());
    var process = builder.redirectErrorStream(true).start();
    try {
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IOException("pgbench failed: " + said);
      }
      return said;
    } finally {
      process.destroyForcibly();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static double figure(Pattern pattern, String said) throws IOException {
    Matcher matcher = pattern.matcher(said);
    if (!matcher.find()) {
      throw new IOException("pgbench did not say what was expected: " + said);
    }
    return Double.parseDouble(matcher.group(1));
  }
}
