package meower.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import meower.program.TestProgram.Message;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Random calls, with minutes that go by between them, compared with what a list would do. */
class ModelIntegrationTests {

  private static final int MOST_DELIVERIES = 3;

  private static TestPostgres postgres;
  private static String database;
  private static RunningService service;
  private static int number;

  /** What is done next; times are in minutes. */
  sealed interface Step {
    record Publish(int delay) implements Step {}

    record Fetch(int most, int lease) implements Step {}

    /** With the lease that was given so many leases ago. */
    record Settle(String deed, int minutes, int ago) implements Step {}

    record Tick(int minutes) implements Step {}
  }

  /** A message as the model has it: ready from a minute on, then in the order of the steps. */
  private static final class Row {
    private final String id;
    private final int seq;
    private int minute;
    private int step;
    private int deliveries;
    private String lease;
    private boolean gone;

    Row(String id, int seq, int minute, int step) {
      this.id = id;
      this.seq = seq;
      this.minute = minute;
      this.step = step;
    }

    boolean isOver() {
      return deliveries >= MOST_DELIVERIES;
    }
  }

  private record Given(String lease, Row row) {}

  /** The model, and the queue that is to do the same. */
  private static final class Both {
    private final TestProgram program = service.as("worker");
    private final String queue = "model-" + number++;
    private final List<Row> rows = new ArrayList<>();
    private final List<Given> given = new ArrayList<>();
    private int now;
    private int step;

    void run(Step next) throws Exception {
      step++;
      switch (next) {
        case Step.Publish(int delay) -> publish(delay);
        case Step.Fetch(int most, int lease) -> fetch(most, lease);
        case Step.Settle settle -> settle(settle);
        case Step.Tick(int minutes) -> tick(minutes);
      }
    }

    private void publish(int delay) {
      HttpResponse<String> answer =
          program.send("POST", "/queues/" + queue + "/publish?delay=" + delay + "m", "x");
      String id = TestProgram.json(answer).get("ids").get(0).stringValue();
      rows.add(new Row(id, rows.size(), now + delay, step));
    }

    private void fetch(int most, int lease) {
      List<Row> ready =
          rows.stream()
              .filter(row -> !row.gone && row.minute <= now && !row.isOver())
              .sorted(
                  Comparator.<Row>comparingInt(row -> row.minute)
                      .thenComparingInt(row -> row.step)
                      .thenComparingInt(row -> row.seq))
              .limit(most)
              .toList();
      List<Message> messages = program.fetch(queue, "max=" + most + "&lease=" + lease + "m");
      assertThat(messages.stream().map(Message::id))
          .containsExactlyElementsOf(ready.stream().map(row -> row.id).toList());
      for (int i = 0; i < messages.size(); i++) {
        Row row = ready.get(i);
        row.deliveries++;
        row.lease = messages.get(i).lease();
        row.minute = now + lease;
        row.step = step;
        assertThat(messages.get(i).delivery()).isEqualTo(row.deliveries);
        given.add(new Given(row.lease, row));
      }
    }

    private void settle(Step.Settle settle) {
      if (given.isEmpty()) {
        return;
      }
      Given with = given.get(Math.floorMod(given.size() - 1 - settle.ago(), given.size()));
      Row row = with.row();
      String parameter = settle.deed().equals("extend") ? "?lease=" : "?delay=";
      int minutes = settle.deed().equals("extend") ? settle.minutes() + 1 : settle.minutes();
      int status = program.settle(settle.deed(), queue, with.lease() + parameter + minutes + "m");
      if (row.gone) {
        assertThat(status).isEqualTo(404);
      } else if (!with.lease().equals(row.lease) || row.minute <= now) {
        // What may not be delivered again becomes a dead letter a moment later.
        assertThat(status).isIn(row.isOver() ? List.of(404, 409) : List.of(409));
      } else {
        assertThat(status).isEqualTo(settle.deed().equals("extend") ? 200 : 204);
        row.gone = List.of("acknowledge", "reject").contains(settle.deed());
        row.minute = now + minutes;
        row.step = step;
        row.lease = settle.deed().equals("extend") ? row.lease : null;
      }
    }

    /** To the queue a minute has gone by when all of its moments are a minute earlier. */
    private void tick(int minutes) throws Exception {
      now += minutes;
      try (var connection =
              DriverManager.getConnection(database, postgres.username(), postgres.password());
          var statement =
              connection.prepareStatement(
                  """
                  update message
                  set visible_at = visible_at - ? * interval '1 minute',
                    leased_at = leased_at - ? * interval '1 minute'
                  where queue = (select id from queue where name = ?)
                  """)) {
        statement.setInt(1, minutes);
        statement.setInt(2, minutes);
        statement.setString(3, queue);
        statement.executeUpdate();
      }
    }
  }

  @BeforeContainer
  static void start() throws Exception {
    postgres = TestServers.postgres();
    database = postgres.createDatabase();
    service =
        RunningService.start(
            postgres, database, TestServers.nats().url(), "--meower.queues.per-program=1000");
  }

  @AfterContainer
  static void stop() {
    service.close();
  }

  @Property(tries = 40)
  void doesWhatTheModelDoes(@ForAll("steps") List<Step> steps) throws Exception {
    Both both = new Both();
    both.program.put(both.queue, "{\"max_deliveries\":" + MOST_DELIVERIES + "}");
    for (Step step : steps) {
      both.run(step);
    }
    both.run(new Step.Tick(10));
    both.run(new Step.Fetch(1000, 1));
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> minutes = Arbitraries.integers().between(0, 2);
    Arbitrary<Integer> most = Arbitraries.integers().between(1, 3);
    Arbitrary<String> deeds =
        Arbitraries.of("acknowledge", "acknowledge", "requeue", "requeue", "extend", "reject");
    return Arbitraries.<Step>frequencyOf(
            Tuple.of(3, minutes.map(Step.Publish::new)),
            Tuple.of(4, Combinators.combine(most, most).as(Step.Fetch::new)),
            Tuple.of(
                4,
                Combinators.combine(deeds, minutes, Arbitraries.integers().between(0, 5))
                    .as(Step.Settle::new)),
            Tuple.of(2, most.map(Step.Tick::new)))
        .list()
        .ofMinSize(5)
        .ofMaxSize(40);
  }
}
