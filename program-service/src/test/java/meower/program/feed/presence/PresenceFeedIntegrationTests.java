package meower.program.feed.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import meower.program.Passes;
import meower.program.RunningService;
import meower.program.ServiceProcess;
import meower.program.TestProgram;
import meower.program.presence.Fixture;
import meower.program.presence.Seen;
import meower.program.presence.SeenWriter;
import meower.program.queue.Queue;
import meower.program.queue.Room;
import meower.standalone.demo.StatusApi;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import meower.web.ProblemException;
import meower.web.pass.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Who comes and who leaves flows into queues, with two instances that both let it flow. */
class PresenceFeedIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);

  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(20);

  /** For something that must not happen: three looks. */
  private static final Duration LOOKS = Duration.ofSeconds(3);

  /** Versions, not changes: a commit that is tried again takes others. */
  private static final int KEPT_FOR_QUEUES = 300;

  private static TestPostgres postgres;
  private static String database;
  private static RunningService service;
  private static RunningService other;
  private static StatusApi status;

  private final String name = "f-" + Long.toString(System.nanoTime(), 36);
  private final TestProgram program =
      new TestProgram(service.url(), Passes.of(name, Scope.QUEUES, Scope.PRESENCE));
  private final TestProgram stranger =
      new TestProgram(other.url(), Passes.of("s-" + name, Scope.QUEUES, Scope.PRESENCE));

  @BeforeAll
  static void start() throws Exception {
    postgres = TestServers.postgres();
    database = postgres.createDatabase();
    status = Fixture.quick();
    String[] settings =
        Fixture.settings(
            "--meower.queues.messages=1000",
            "--meower.presence.events.keep-for-queues=" + KEPT_FOR_QUEUES);
    service = RunningService.start(postgres, database, TestServers.nats().url(), settings);
    other = RunningService.start(postgres, database, TestServers.nats().url(), settings);
  }

  @AfterAll
  static void stop() {
    service.close();
    other.close();
    status.close();
  }

  @BeforeEach
  void define() {
    define(false);
  }

  private void define(boolean isPublic) {
    Fixture.define(program, status, ",\"online_for\":\"10m\",\"public\":" + isPublic);
  }

  @Test
  void everyChangeFlowsOnceAndInOrder() {
    come("before");
    assertThat(feed(program, "").statusCode()).isEqualTo(201);

    for (int round = 0; round < 40; round++) {
      come(round + "-a", round + "-b", round + "-c");
    }
    leave("before");

    List<JsonNode> messages = take(121);

    assertThat(messages.getFirst().get("type").stringValue()).isEqualTo("presence.joined");
    assertThat(messages.getFirst().at("/data/id").stringValue()).isEqualTo("0-a");
    assertThat(messages.getFirst().at("/data/program").stringValue()).isEqualTo(name);
    assertThat(messages.getLast().get("type").stringValue()).isEqualTo("presence.left");
    assertThat(messages.getLast().at("/data/id").stringValue()).isEqualTo("before");
    assertThat(versions(messages)).isEqualTo(committed().subList(1, 122));
    assertThat(left()).isZero();
    JsonNode feed = feed();
    assertThat(feed.propertyNames()).containsExactly("presence", "version", "behind", "state");
    assertThat(feed.get("version").longValue()).isEqualTo(versions(messages).getLast());
    assertThat(feed.get("behind").longValue()).isZero();
    assertThat(feed.get("state").stringValue()).isEqualTo("ok");
  }

  @Test
  void beginsBehindAVersionThatIsStillKept() {
    come("1");
    String version = TestProgram.json(program.get("/presence/" + name)).get("version").toString();
    come("2");
    assertThat(feed(program, ",\"after\":\"" + version + "\"").statusCode()).isEqualTo(201);
    assertThat(take(1).getFirst().at("/data/id").stringValue()).isEqualTo("2");
    // A feed that has begun goes on, whatever is said now.
    assertThat(feed(program, ",\"after\":\"" + version + "\"").statusCode()).isEqualTo(200);
    come("3");
    assertThat(take(1).getFirst().at("/data/id").stringValue()).isEqualTo("3");
    assertThat(left()).isZero();
  }

  @Test
  void refusesWhatCannotFlow() {
    String presence = "\"presence\":\"" + name + "\"";
    refuses("{" + presence + ",\"topics\":[\"#cats\"]}", "feed.presence");
    refuses("{" + presence + ",\"query\":\"cats\"}", "feed.presence");
    refuses("{" + presence + ",\"after\":\"beginning\"}", "feed.after");
    refuses("{" + presence + ",\"after\":5}", "feed.after");
    refuses("{" + presence + ",\"after\":\"1\"}", "feed.after");
    refuses("{" + presence + ",\"after\":\"999999999999\"}", "feed.after");
    refuses("{\"presence\":\"unheard-of\"}", "feed.presence");
    refuses("{\"presence\":7}", "feed.presence");
    HttpResponse<String> refused = feed(stranger, "");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("/problems/not-allowed");
  }

  private void refuses(String feed, String parameter) {
    HttpResponse<String> answer = program.put(name, "{\"feed\":" + feed + "}");
    assertThat(answer.statusCode()).as(feed).isEqualTo(400);
    assertThat(TestProgram.json(answer).get("parameter").stringValue()).isEqualTo(parameter);
  }

  @Test
  void standsStillWhileItIsNotPublicAndGoesOnThen() {
    define(true);
    assertThat(feed(stranger, "").statusCode()).isEqualTo(201);
    come("1");
    assertThat(take(stranger, 1).getFirst().at("/data/id").stringValue()).isEqualTo("1");
    define(false);
    come("2");
    await().during(LOOKS).atMost(SOON).until(() -> ready(stranger) == 0);
    assertThat(feed(stranger).get("state").stringValue()).isEqualTo("not-allowed");
    assertThat(feed(stranger).get("behind").longValue()).isOne();
    define(true);
    assertThat(take(stranger, 1).getFirst().at("/data/id").stringValue()).isEqualTo("2");
  }

  @Test
  void aFullQueueStandsStillAndLosesNothing() {
    feed(program, "");
    fill();
    come(IntStream.range(0, 50).mapToObj(i -> "later-" + i).toArray(String[]::new));
    List<Long> all = committed();
    // Nobody keeps changes for so long but for the queue.
    age();
    come("oldest is taken out");
    await().atMost(SOON).until(() -> committed().size() == 51);
    assertThat(ready(program)).isEqualTo(1000);
    assertThat(feed().get("behind").longValue()).isEqualTo(51);

    List<JsonNode> messages = take(1051);

    assertThat(versions(messages).subList(0, 1050)).isEqualTo(all);
    assertThat(messages.getLast().at("/data/id").stringValue()).isEqualTo("oldest is taken out");
  }

  @Test
  void saysSoWhenMoreCameThanIsKeptForAFullQueue() {
    feed(program, "");
    fill();
    come(IntStream.range(0, 500).mapToObj(i -> "later-" + i).toArray(String[]::new));
    List<Long> all = committed();
    long forgotten = all.getLast() - KEPT_FOR_QUEUES;
    age();
    await().atMost(SOON).until(() -> committed().getFirst() > forgotten);
    List<Long> kept = committed();

    List<JsonNode> messages = take(1001 + kept.size());

    assertThat(kept).isEqualTo(all.stream().filter(version -> version > forgotten).toList());
    JsonNode gap = messages.get(1000);
    assertThat(gap.get("type").stringValue()).isEqualTo("presence.gap");
    assertThat(gap.at("/data/from").longValue()).isEqualTo(all.get(999));
    assertThat(gap.at("/data/to").longValue()).isEqualTo(all.get(all.indexOf(kept.getFirst()) - 1));
    assertThat(versions(messages.subList(1001, messages.size()))).isEqualTo(kept);
  }

  @Test
  void standsStillWithoutAPresenceAndSaysWhatIsMissingThen() {
    feed(program, "");
    come("1");
    take(1);
    jdbc()
        .sql(
            """
            with gone as (delete from seen where program = :name),
              unsaid as (delete from presence_change where program = :name)
            delete from presence_source where program = :name
            """)
        .param("name", name)
        .update();
    assertThat(feed().get("state").stringValue()).isEqualTo("unknown-presence");
    define();
    come("2");
    List<JsonNode> messages = take(2);
    assertThat(messages.get(0).get("type").stringValue()).isEqualTo("presence.gap");
    assertThat(messages.get(1).at("/data/id").stringValue()).isEqualTo("2");
  }

  @Test
  void endsWithItsDefinition() {
    feed(program, "");
    come("1");
    take(1);
    assertThat(program.put(name, "{}").statusCode()).isEqualTo(200);
    assertThat(TestProgram.json(program.get("/queues/" + name)).has("feed")).isFalse();
    come("2");
    await().during(LOOKS).atMost(SOON).until(() -> ready(program) == 0);
    assertThat(feed(program, "").statusCode()).isEqualTo(200);
    come("3");
    assertThat(take(1).getFirst().at("/data/id").stringValue()).isEqualTo("3");
    assertThat(program.delete("/queues/" + name).statusCode()).isEqualTo(204);
    assertThat(places()).isZero();
  }

  @Test
  void neitherLosesNorDoublesWhenInstancesAreKilled() throws Exception {
    feed(program, "");
    List<ServiceProcess> instances = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      instances.add(
          new ServiceProcess(
              postgres, database, Fixture.settings("--meower.queues.messages=100000")));
    }
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);
    try {
      for (ServiceProcess instance : instances) {
        instance.start();
      }
      for (ServiceProcess instance : instances) {
        await().atMost(START).until(instance::isReady);
      }
      writing =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; !done.get() && i < 450; i++) {
                  come(i + "-a", i + "-b");
                }
              },
              Thread::startVirtualThread);
      for (ServiceProcess instance : instances) {
        long before = ready(program);
        await().pollInterval(POLL).atMost(SOON).until(() -> ready(program) > before + 20);
        instance.kill();
      }
    } finally {
      done.set(true);
      instances.forEach(ServiceProcess::kill);
    }
    writing.join();
    List<Long> all = committed();
    assertThat(versions(take(all.size()))).isEqualTo(all);
    assertThat(left()).isZero();
  }

  /** Returns when both instances know that there is no room, however long their counting takes. */
  private void fill() {
    come(IntStream.range(0, 1000).mapToObj(i -> "o-" + i).toArray(String[]::new));
    await().atMost(SOON).until(() -> ready(program) == 1000);
    await().atMost(SOON).until(() -> isFull(service) && isFull(other));
    assertThat(ready(program)).isEqualTo(1000);
  }

  private boolean isFull(RunningService instance) {
    Queue queue =
        jdbc()
            .sql("select * from queue where program = ?")
            .param(name)
            .query((row, _) -> Queue.of(row))
            .single();
    try {
      instance.bean(Room.class).require(queue, 1, 0);
      return false;
    } catch (ProblemException e) {
      return true;
    }
  }

  private HttpResponse<String> feed(TestProgram owner, String further) {
    return owner.put(queue(owner), "{\"feed\":{\"presence\":\"" + name + "\"" + further + "}}");
  }

  private String queue(TestProgram owner) {
    return owner.equals(program) ? name : "s-" + name;
  }

  private JsonNode feed() {
    return feed(program);
  }

  private JsonNode feed(TestProgram owner) {
    return TestProgram.json(owner.get("/queues/" + queue(owner))).get("feed");
  }

  private long ready(TestProgram owner) {
    return TestProgram.json(owner.get("/queues/" + queue(owner))).get("ready").longValue();
  }

  private long left() {
    return ready(program);
  }

  /** Fetches and acknowledges until there were so many. */
  private List<JsonNode> take(int count) {
    return take(program, count);
  }

  private List<JsonNode> take(TestProgram owner, int count) {
    List<JsonNode> taken = new ArrayList<>();
    long end = System.nanoTime() + SOON.multipliedBy(2).toNanos();
    while (taken.size() < count && System.nanoTime() - end < 0) {
      List<TestProgram.Message> messages = owner.fetch(queue(owner), "max=100&wait=1s");
      if (!messages.isEmpty()) {
        messages.forEach(message -> taken.add(message.json().get("body")));
        String leases =
            String.join(
                ",", messages.stream().map(message -> '"' + message.lease() + '"').toList());
        owner.postJson("/queues/" + queue(owner) + "/acknowledge", "{\"leases\":[" + leases + "]}");
      }
    }
    assertThat(taken).hasSize(count);
    return taken;
  }

  private static List<Long> versions(List<JsonNode> messages) {
    return messages.stream().map(message -> message.at("/data/version").longValue()).toList();
  }

  /** Has objects come; returns when that is committed. */
  private void come(String... ids) {
    SeenWriter writer = service.bean(SeenWriter.class);
    List<CompletableFuture<Void>> stored = new ArrayList<>();
    for (String id : ids) {
      stored.add(writer.add(new Seen(name, id, System.nanoTime())));
    }
    stored.forEach(CompletableFuture::join);
  }

  private void leave(String id) {
    jdbc()
        .sql("update seen set last_seen = now() - interval '1 hour' where program = ? and id = ?")
        .param(name)
        .param(id)
        .update();
  }

  private void age() {
    jdbc()
        .sql(
            "update presence_change set changed_at = now() - interval '6 minutes' where program = ?")
        .param(name)
        .update();
  }

  private List<Long> committed() {
    return new ArrayList<>(
        jdbc()
            .sql("select version from presence_change where program = ? order by version")
            .param(name)
            .query(Long.class)
            .list());
  }

  private long places() {
    return jdbc()
        .sql("select count(*) from presence_feed_place where program = ?")
        .param(name)
        .query(Long.class)
        .single();
  }

  private static JdbcClient jdbc() {
    return service.bean(JdbcClient.class);
  }
}
