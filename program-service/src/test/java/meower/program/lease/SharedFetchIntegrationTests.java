package meower.program.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import meower.program.RunningService;
import meower.program.TestProgram;
import meower.program.queue.Queue;
import meower.program.queue.QueueStore;
import meower.program.queue.Room;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import meower.web.ProblemException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fetches come while another one is held up in Postgres. */
class SharedFetchIntegrationTests {

  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int LARGE = 40 * 1024;

  private static TestPostgres postgres;
  private static String database;
  private static RunningService service;
  private static MeterRegistry metrics;
  private static int number;

  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private TestProgram program;
  private Fetching fetching;
  private Queue queue;

  @BeforeAll
  static void start() throws Exception {
    postgres = TestServers.postgres();
    database = postgres.createDatabase();
    service =
        RunningService.start(
            postgres,
            database,
            TestServers.nats().url(),
            "--spring.datasource.hikari.data-source-properties.socketTimeout=60",
            "--spring.datasource.hikari.data-source-properties.options=-c statement_timeout=60s",
            "--meower.queues.commits.patience=60s");
    try (Connection owner = connect();
        Statement statement = owner.createStatement()) {
      statement.execute(
          """
          create function stop_at_the_gate() returns trigger language plpgsql as $$
            begin perform pg_advisory_xact_lock(1); return null; end $$
          """);
      statement.execute(
          "create trigger gate before update on message execute function stop_at_the_gate()");
    }
    metrics = service.bean(MeterRegistry.class);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void define() {
    String name = "shared-" + number++;
    program = service.as("worker");
    program.put(name, "{}");
    fetching = service.bean(Fetching.class);
    queue = service.bean(QueueStore.class).find(name).orElseThrow();
  }

  @AfterEach
  void end() {
    callers.shutdownNow();
  }

  @Test
  void whoWaitsSharesOneStatement() throws Exception {
    List<String> published = publish(30, "hello");
    double statements = batches().count();
    double fetches = batches().totalAmount();
    List<Future<List<LeasedMessage>>> all = new ArrayList<>();
    try (Connection held = hold()) {
      all.add(fetch(1));
      awaitHeldUp();
      for (int i = 0; i < 20; i++) {
        all.add(fetch(i == 0 ? 5 : 1));
        awaitInLine(i + 1);
      }
      held.rollback();
    }
    List<LeasedMessage> found = found(all);

    assertThat(found).extracting(LeasedMessage::id).isEqualTo(published.subList(0, 25));
    assertThat(found).extracting(LeasedMessage::lease).doesNotHaveDuplicates();
    assertThat(all.get(1).get()).hasSize(5);
    assertThat(batches().count() - statements).isEqualTo(2);
    assertThat(batches().totalAmount() - fetches).isEqualTo(21);
  }

  @Test
  void whoHasGoneIsPassedOver() throws Exception {
    List<String> published = publish(3, "hello");
    List<Future<List<LeasedMessage>>> all = new ArrayList<>();
    try (Connection held = hold()) {
      all.add(fetch(1));
      awaitHeldUp();
      Thread gone = Thread.ofVirtual().start(() -> fetching.fetch(request(1)));
      awaitInLine(1);
      all.add(fetch(1));
      all.add(fetch(1));
      awaitInLine(3);
      gone.interrupt();
      gone.join(SOON);
      held.rollback();
    }

    assertThat(found(all)).extracting(LeasedMessage::id).hasSameElementsAs(published);
  }

  @Test
  void whatIsFoundForSomebodyWhoGoesMeanwhileIsForTheOthers() throws Exception {
    List<String> published = publish(3, "hello");
    List<Future<List<LeasedMessage>>> all = new ArrayList<>();
    Future<Connection> next;
    Thread going;
    try (Connection held = hold()) {
      all.add(fetch(1));
      awaitHeldUp();
      // Behind the fetch that is held up, and before the one that those in line share.
      next = callers.submit(SharedFetchIntegrationTests::hold);
      awaitHolding(1);
      all.add(fetch(1));
      awaitInLine(1);
      going = Thread.ofVirtual().start(() -> fetching.fetch(request(1)));
      awaitInLine(2);
      all.add(fetch(1));
      awaitInLine(3);
      held.rollback();
    }
    try (Connection held = next.get(SOON.toSeconds(), TimeUnit.SECONDS)) {
      awaitInLine(0);
      awaitHeldUp();
      going.interrupt();
      going.join(SOON);
      held.rollback();
    }

    assertThat(found(all)).extracting(LeasedMessage::id).hasSameElementsAs(published);
  }

  /** One that asks for many takes 1 MiB of them, and nobody who comes along stays without. */
  @Test
  void largeMessagesAreSharedOut() throws Exception {
    publish(90, "x".repeat(LARGE));
    int free = service.bean(Room.class).leases(queue);
    List<Future<List<LeasedMessage>>> all = new ArrayList<>();
    try (Connection held = hold()) {
      all.add(fetch(1));
      awaitHeldUp();
      for (int i = 1; i <= 6; i++) {
        all.add(fetch(i % 2 == 0 ? 1 : 1000));
        awaitInLine(i);
      }
      held.rollback();
    }

    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).get()).hasSize(i % 2 == 0 ? 1 : SharedFetch.MOST_BYTES / LARGE);
    }
    List<LeasedMessage> found = found(all);
    assertThat(found).extracting(LeasedMessage::id).doesNotHaveDuplicates();
    assertThat(service.bean(Room.class).leases(queue)).isEqualTo(free - found.size());
    // What was found beyond that has been given back: nobody was told of it.
    List<LeasedMessage> rest = new ArrayList<>();
    while (rest.size() + found.size() < 90) {
      List<LeasedMessage> more = fetch(1000).get();
      assertThat(more).isNotEmpty().allSatisfy(message -> assertThat(message.delivery()).isOne());
      rest.addAll(more);
    }
  }

  /** Otherwise each would find out by itself, one after the other. */
  @Test
  void whoWaitsIsToldTogetherThatPostgresIsAway() throws Exception {
    publish(3, "hello");
    double statements = batches().count();
    List<Future<List<LeasedMessage>>> all = new ArrayList<>();
    try (Connection _ = hold()) {
      all.add(fetch(1));
      awaitHeldUp();
      for (int i = 1; i <= 10; i++) {
        all.add(fetch(1000));
      }
      awaitInLine(10);
      breakWhatIsHeldUp();
      for (Future<List<LeasedMessage>> one : all) {
        assertThatThrownBy(() -> one.get(SOON.toSeconds(), TimeUnit.SECONDS))
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(ProblemException.class);
      }
    }

    assertThat(batches().count() - statements).isEqualTo(1);
    assertThat(fetch(1000).get()).hasSize(3);
  }

  private List<String> publish(int count, String text) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(program.publish(queue.name(), text));
    }
    return ids;
  }

  private Future<List<LeasedMessage>> fetch(int most) {
    return callers.submit(() -> fetching.fetch(request(most)));
  }

  private Fetch request(int most) {
    return new Fetch(queue, most, Duration.ZERO, LEASE, Optional.empty());
  }

  private static List<LeasedMessage> found(List<Future<List<LeasedMessage>>> all) throws Exception {
    List<LeasedMessage> found = new ArrayList<>();
    for (Future<List<LeasedMessage>> one : all) {
      found.addAll(one.get(SOON.toSeconds(), TimeUnit.SECONDS));
    }
    return found;
  }

  private static DistributionSummary batches() {
    return metrics.get("meower.queues.batch").tag("kind", "fetch").summary();
  }

  private static void awaitInLine(int count) {
    await()
        .pollInterval(Duration.ofMillis(1))
        .atMost(SOON)
        .until(() ->
            metrics.get("meower.queues.waiting").tag("kind", "fetch").gauge().value() == count);
  }

  /** Nobody changes a message until this is rolled back. */
  private static Connection hold() throws SQLException {
    Connection held = connect();
    held.setAutoCommit(false);
    held.createStatement().execute("select pg_advisory_xact_lock(1)");
    return held;
  }

  private static void awaitHeldUp() throws SQLException {
    try (Connection watching = connect()) {
      await().atMost(SOON).until(() -> heldUp(watching, "pid") == 1);
    }
  }

  /** Returns when so many wait to hold up what comes behind them. */
  private static void awaitHolding(int count) throws SQLException {
    try (Connection watching = connect()) {
      await().atMost(SOON).until(() -> waiting(watching, "pid", "select pg_advisory%") == count);
    }
  }

  private static void breakWhatIsHeldUp() throws SQLException {
    try (Connection watching = connect()) {
      heldUp(watching, "pg_terminate_backend(pid)");
    }
  }

  private static int heldUp(Connection watching, String what) throws SQLException {
    return waiting(watching, what, "%skip locked%");
  }

  private static int waiting(Connection watching, String what, String query) throws SQLException {
    try (Statement statement = watching.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select %s from pg_stat_activity where datname = current_database()
                  and wait_event_type = 'Lock' and query like '%s'
                """
                    .formatted(what, query))) {
      int count = 0;
      while (rows.next()) {
        count++;
      }
      return count;
    }
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(database, postgres.username(), postgres.password());
  }
}
