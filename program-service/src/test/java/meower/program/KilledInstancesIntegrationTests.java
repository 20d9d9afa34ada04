package meower.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import meower.program.TestProgram.Message;
import meower.program.presence.Fixture;
import meower.standalone.demo.SightingReporter;
import meower.standalone.demo.StatusApi;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import meower.web.pass.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances, each a process, of which always one may die; and workers that die. */
class KilledInstancesIntegrationTests {

  private static final Duration TIME = Duration.ofSeconds(15);
  private static final Duration START = Duration.ofSeconds(60);
  private static final int WORKERS = 6;

  private static final TestPostgres POSTGRES = TestServers.postgres();
  private static final List<ServiceProcess> instances = new ArrayList<>();
  private static String database;
  private final Map<String, AtomicInteger> settled = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> perhapsSettled = new ConcurrentHashMap<>();
  private final Set<String> published = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean publishing = new AtomicBoolean(true);
  private final AtomicBoolean working = new AtomicBoolean(true);

  @BeforeAll
  static void start() throws Exception {
    database = POSTGRES.createDatabase();
    for (int i = 0; i < 2; i++) {
      instances.add(new ServiceProcess(POSTGRES, database, Fixture.settings()));
    }
  }

  @BeforeEach
  void startThoseThatAreNotThere() throws Exception {
    for (ServiceProcess instance : instances) {
      if (!instance.isReady()) {
        instance.start();
      }
    }
    instances.forEach(instance -> await().atMost(START).until(instance::isReady));
  }

  @AfterAll
  static void stop() {
    instances.forEach(ServiceProcess::kill);
  }

  @Test
  void noMessageIsLostOrDoneTwiceWhileInstancesAreKilled() throws Exception {
    instances.getFirst().as("worker").put("jobs", "{\"max_deliveries\":1000}");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> publisher = threads.submit(this::publish);
      List<Future<?>> workers = new ArrayList<>();
      IntStream.range(0, WORKERS).forEach(i -> workers.add(threads.submit(() -> work(i))));
      int kills = killInTurn();
      publishing.set(false);
      publisher.get();
      await()
          .atMost(Duration.ofSeconds(40))
          .until(() ->
              settled.keySet().size() + missing().size() >= published.size()
                  && missing().stream().allMatch(perhapsSettled::containsKey));
      working.set(false);
      for (Future<?> worker : workers) {
        worker.get();
      }
      assertThat(kills).isGreaterThanOrEqualTo(1);
    }
    assertThat(published).hasSizeGreaterThan(50);
    assertThat(settled.values()).as("acknowledged once").allMatch(count -> count.get() == 1);
    assertThat(settled.keySet()).isSubsetOf(published);
    // Whose answer got lost, and who was then told that it is done, was the one and only.
    assertThat(perhapsSettled.keySet()).doesNotContainAnyElementsOf(settled.keySet());
    assertThat(perhapsSettled.values()).allMatch(count -> count.get() == 1);
  }

  /** In a tenth of the time: reports every 0.5 s, answers after up to 0.43 s, here for 3 s. */
  @Test
  void exactlyTheEvenObjectsReportedLatelyAreHereThoughAnInstanceIsKilled() throws Exception {
    ServiceProcess stays = instances.getFirst();
    TestProgram tester = stays.as("tester");
    try (StatusApi status = new StatusApi(0, Duration.ofMillis(30), Duration.ofMillis(430));
        SightingReporter reporter =
            new SightingReporter(
                URI.create(stays.url() + "/callback"),
                "Meower-Pass",
                Passes.of("tester", Scope.PRESENCE),
                new Random(3))) {
      Fixture.define(tester, status, ",\"online_for\":\"3s\"");
      reportFor(Duration.ofSeconds(4), reporter);
      checkWhoIsHere(tester, reporter);
      instances.getLast().kill();
      reportFor(Duration.ofSeconds(5), reporter);
      checkWhoIsHere(tester, reporter);
      await().atMost(START).until(() -> Fixture.here(tester, "tester").isEmpty());
      checkChanges();
    }
  }

  private static void reportFor(Duration time, SightingReporter reporter) throws Exception {
    await()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(500))
        .atMost(time.multipliedBy(10))
        .during(time)
        .until(() -> {
          reporter.report();
          return true;
        });
  }

  /** Whoever was reported a moment ago may still be looked up, and a sweep may be due. */
  private static void checkWhoIsHere(TestProgram tester, SightingReporter reporter) {
    await()
        .pollInterval(Duration.ofMillis(100))
        .atMost(Duration.ofMillis(1500))
        .untilAsserted(() -> {
          List<String> surely = reporter.online(Duration.ofMillis(2500), Duration.ofMillis(1000));
          List<String> perhaps = reporter.online(Duration.ofSeconds(6), Duration.ZERO);
          List<String> here = Fixture.here(tester, "tester");
          assertThat(here).containsAll(surely).isSubsetOf(perhaps);
          assertThat(surely).isNotEmpty();
        });
  }

  /** Who comes was not here, and who leaves was; whoever swept. */
  private static void checkChanges() throws Exception {
    try (var connection =
            DriverManager.getConnection(database, POSTGRES.username(), POSTGRES.password());
        var statement = connection.createStatement()) {
      var wrong =
          statement.executeQuery(
              """
              select count(*) filter (where kind is not distinct from before),
                count(*) filter (where kind = 'l'), (select objects from presence_source)
              from (select kind, lag(kind) over (partition by id order by version) as before
                from presence_change where program = 'tester') as change
              """);
      wrong.next();
      assertThat(wrong.getInt(1)).isZero();
      assertThat(wrong.getInt(2)).isGreaterThan(40);
      assertThat(wrong.getInt(3)).isZero();
    }
  }

  private List<String> missing() {
    return published.stream().filter(id -> !settled.containsKey(id)).toList();
  }

  /** The next one is killed only when the one before is back. */
  private int killInTurn() throws Exception {
    long end = System.nanoTime() + TIME.toNanos();
    int kills = 0;
    while (System.nanoTime() < end) {
      ServiceProcess instance = instances.get(kills % 2);
      int target = published.size() + 20;
      await().atMost(START).until(() -> published.size() >= target);
      instance.kill();
      instance.start();
      await().atMost(START).until(instance::isReady);
      kills++;
    }
    return kills;
  }

  private void publish() {
    for (int i = 0; publishing.get(); i++) {
      HttpResponse<String> answer = null;
      String key = "publish-" + i;
      for (int attempt = 0; answer == null || answer.statusCode() != 201; attempt++) {
        answer = call(attempt, "/queues/jobs/publish", key);
      }
      published.add(TestProgram.json(answer).get("ids").get(0).stringValue());
    }
  }

  private void work(int number) {
    Random random = new Random(number);
    for (int turn = 0; working.get(); turn++) {
      String key = "fetch-" + number + "-" + turn;
      HttpResponse<String> answer = null;
      for (int attempt = number; answer == null || answer.statusCode() != 200; attempt++) {
        answer = call(attempt, "/queues/jobs/fetch?max=5&lease=2s&wait=1s", key);
      }
      List<Message> messages = TestProgram.messages(answer);
      // Dies in the middle of its work once in a while: the rest is for somebody else.
      int done = random.nextInt(10) == 0 ? random.nextInt(5) : messages.size();
      messages.stream().limit(done).forEach(message -> acknowledge(number, message));
    }
  }

  private void acknowledge(int number, Message message) {
    String path = "/queues/jobs/acknowledge/" + message.lease();
    boolean isUnsure = false;
    for (int attempt = number; ; attempt++) {
      HttpResponse<String> answer = call(attempt, path, "ack");
      if (answer != null && answer.statusCode() == 204) {
        settled.computeIfAbsent(message.id(), _ -> new AtomicInteger()).incrementAndGet();
        return;
      }
      if (answer != null && answer.statusCode() == 404) {
        assertThat(isUnsure).as("gone although nobody may have acknowledged it").isTrue();
        perhapsSettled.computeIfAbsent(message.id(), _ -> new AtomicInteger()).incrementAndGet();
        return;
      }
      if (answer != null && answer.statusCode() == 409) {
        return;
      }
      isUnsure = true;
    }
  }

  /** Returns nothing if nobody knows what happened. */
  private HttpResponse<String> call(int attempt, String path, String key) {
    try {
      return instances
          .get(Math.floorMod(attempt, 2))
          .as("worker")
          .send("POST", path, "x", "Idempotency-Key", key);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof ConnectException) {
        await().pollDelay(Duration.ofMillis(20)).until(() -> true);
      }
      return null;
    }
  }
}
