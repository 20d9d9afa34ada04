package meower.bench.queue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meower.bench.http.HttpLoad;
import meower.bench.http.HttpResult;
import meower.bench.lab.Comparison;
import meower.bench.lab.Lab;
import meower.bench.lab.Sample;
import meower.standalone.stack.Login;
import meower.standalone.stack.Part;

/**
 * How fast a queue still is after minutes in which somebody held a snapshot, as a dump does: what
 * was acknowledged meanwhile cannot be cleared away in the database of the snapshot.
 *
 * <p>Each takes those minutes, so there is one round, and no warming up beside them.
 */
final class HeldSnapshot {

  private static final String TABLE = "message";
  private static final String ELSEWHERE = "Meower: in the meows' database";
  private static final String NONE = "Meower: without a snapshot";
  private static final String SAME = "the same in one database with the queues";

  private final Lab lab;
  private final MeowerQueue queue;
  private final int connections;

  HeldSnapshot(Lab lab, MeowerQueue queue, int connections) {
    this.lab = lab;
    this.queue = queue;
    this.connections = connections;
  }

  /** Measures with a snapshot in the database of the meows, with none, and in the queues' own. */
  Comparison.Outcome compare() throws Exception {
    String minutes = "%.1f".formatted(lab.options().held().toMillis() / 60e3);
    String title = "In batches, after " + minutes + " minutes with a snapshot held";
    // First the one that leaves the least behind for the next.
    List<Sample> none = measure(title, NONE, Optional.empty());
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    samples.put(ELSEWHERE, measure(title, ELSEWHERE, Optional.of(Part.COMMAND)));
    samples.put(NONE, none);
    samples.put(SAME, measure(title, SAME, Optional.of(Part.PROGRAM)));
    return new Comparison.Outcome(title, Optional.empty(), samples);
  }

  private List<Sample> measure(String title, String name, Optional<Part> owner) throws Exception {
    vacuum();
    Sample sample;
    if (owner.isPresent()) {
      try (Connection holder = connect(owner.get())) {
        hold(holder);
        sample = sample();
      }
    } else {
      sample = sample();
    }
    lab.say("%s, %s: %s".formatted(title, name, sample));
    return List.of(sample);
  }

  private Sample sample() throws Exception {
    queue.prepare();
    try {
      load(lab.options().held());
      HttpResult result = load(lab.options().time());
      return Sample.of("messages/s", result.operationsPerSecond())
          .with("p99 ms", result.micros().getValueAtPercentile(99) / 1e3)
          .with("503s", result.unavailable())
          .with("dead tuples", dead());
    } finally {
      queue.clear();
    }
  }

  private HttpResult load(Duration time) throws Exception {
    return HttpLoad.of(queue.port(), connections, queue::cycles).run(time);
  }

  private static void hold(Connection holder) throws SQLException {
    holder.setAutoCommit(false);
    holder.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (Statement statement = holder.createStatement()) {
      statement.execute("select count(*) from pg_class");
    }
  }

  private double dead() throws SQLException {
    try (Connection programs = connect(Part.PROGRAM);
        var statement =
            programs.prepareStatement(
                "select n_dead_tup from pg_stat_user_tables where relname = ?")) {
      statement.setString(1, TABLE);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getDouble(1);
      }
    }
  }

  private void vacuum() throws SQLException {
    try (Connection programs = connect(Part.PROGRAM);
        Statement statement = programs.createStatement()) {
      statement.execute("vacuum analyze " + TABLE);
    }
  }

  private Connection connect(Part owner) throws SQLException {
    Login login = lab.database(owner);
    return DriverManager.getConnection(login.url(), login.user(), login.password());
  }
}
