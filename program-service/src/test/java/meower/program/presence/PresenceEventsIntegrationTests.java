package meower.program.presence;

import static meower.program.presence.Fixture.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.Nats;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import meower.program.Passes;
import meower.program.RunningService;
import meower.program.ServiceProcess;
import meower.program.TestProgram;
import meower.standalone.demo.StatusApi;
import meower.testservers.EventReader;
import meower.testservers.EventReader.Event;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import meower.web.pass.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who comes and who leaves, as events, of two instances. */
class PresenceEventsIntegrationTests {

  private static final Duration WITHIN_A_SECOND = Duration.ofMillis(1_500);

  private static final Duration START = Duration.ofMinutes(3);

  private static TestPostgres postgres;
  private static String database;
  private static RunningService service;
  private static RunningService other;
  private static StatusApi status;
  private static Connection nats;

  private final String name = "e-" + Long.toString(System.nanoTime(), 36);
  private final String path = "/presence/" + name;
  private final TestProgram program = service.asReporter(name);
  private final TestProgram elsewhere = other.asReporter(name);

  @BeforeAll
  static void start() throws Exception {
    postgres = TestServers.postgres();
    database = postgres.createDatabase();
    nats = Nats.connect(TestServers.nats().url());
    status = Fixture.quick();
    service = start(TestServers.nats().url());
    other = start(TestServers.nats().url());
  }

  private static RunningService start(String natsUrl, String... settings) {
    return RunningService.start(postgres, database, natsUrl, Fixture.settings(settings));
  }

  @AfterAll
  static void stop() throws Exception {
    service.close();
    other.close();
    status.close();
    nats.close();
  }

  @BeforeEach
  void define() {
    Fixture.define(program, status, ",\"online_for\":\"10m\"");
  }

  @Test
  void tellsEverybodyFirstAndThenWhoComesAndWhoLeaves() throws Exception {
    comes(service, "1");
    HttpResponse<String> list = program.get(path);
    try (EventReader reader = elsewhere.read(path + "/events", null)) {
      await().atMost(SOON).until(() -> reader.events().size() == 1);
      Event snapshot = reader.events().getFirst();
      assertThat(snapshot.name()).isEqualTo("snapshot");
      assertThat(snapshot.data()).isEqualTo(list.body());
      assertThat(snapshot.id()).isEqualTo(TestProgram.json(list).get("version").toString());
      assertThat(reader.response().headers().firstValue("Content-Type"))
          .contains("text/event-stream;charset=UTF-8");
      assertThat(Integer.parseInt(String.valueOf(reader.retry()))).isBetween(2_000, 3_000);

      comes(service, "ü\n2");
      await().atMost(WITHIN_A_SECOND).until(() -> reader.events().size() == 2);
      leaves("1");
      await().atMost(SOON).until(() -> reader.events().size() == 3);

      String seen = TestProgram.json(program.get(path)).at("/objects/0/last_seen").stringValue();
      assertThat(reader.events().get(1).name()).isEqualTo("joined");
      assertThat(reader.events().get(1).data())
          .isEqualTo("{\"id\":\"ü\\n2\",\"last_seen\":\"" + seen + "\"}");
      assertThat(reader.events().get(2).name()).isEqualTo("left");
      assertThat(reader.events().get(2).data()).startsWith("{\"id\":\"1\",\"last_seen\":\"");
      assertThat(versions(reader)).isEqualTo(committed().subList(1, 3));
    }
  }

  @Test
  void goesOnExactlyWhereAReaderWas() throws Exception {
    List<Long> seen = new ArrayList<>();
    String last = null;
    for (int round = 0; round < 6; round++) {
      TestProgram instance = round % 2 == 0 ? program : elsewhere;
      try (EventReader reader = instance.read(path + "/events", last)) {
        long expected = committed().size();
        if (round == 0) {
          await().atMost(SOON).until(() -> reader.events().size() == 1);
        }
        comes(service, "live-" + round);
        await().atMost(SOON).until(() -> seen.size() + versions(reader).size() == expected + 1);
        seen.addAll(versions(reader));
        assertThat(reader.data("snapshot")).hasSize(round == 0 ? 1 : 0);
        last = reader.events().getLast().id();
      }
      List<CompletableFuture<Void>> pending = new ArrayList<>();
      for (int i = 0; i < (round == 3 ? 1200 : 3); i++) {
        pending.add(come(service, round + "-meanwhile-" + i));
      }
      CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new)).join();
    }
    try (EventReader reader = program.read(path + "/events", last)) {
      await().atMost(SOON).until(() -> seen.size() + versions(reader).size() == committed().size());
      seen.addAll(versions(reader));
    }
    assertThat(seen).isEqualTo(committed());
  }

  @Test
  void tellsEverybodyAnewWhenNotAllSinceThenIsKept() throws Exception {
    comes(service, "1");
    String first = version();
    comes(service, "2");
    comes(service, "3");
    String third = version();
    assertThat(firstEvent(first).name()).isEqualTo("joined");
    jdbc()
        .sql(
            "update presence_change set changed_at = now() - interval '6 minutes' where program = ?")
        .param(name)
        .update();
    comes(service, "4");
    await().atMost(SOON).until(() -> committed().size() == 1);

    assertThat(firstEvent(first).name()).isEqualTo("snapshot");
    assertThat(firstEvent(third).id()).isEqualTo(version());
    assertThat(firstEvent(third).name()).isEqualTo("joined");
    assertThat(firstEvent("999999999999").name()).isEqualTo("snapshot");
    assertThat(firstEvent("nonsense").name()).isEqualTo("snapshot");
    assertThat(firstEvent("-5").name()).isEqualTo("snapshot");
  }

  /** What was there under the same name before has left without anybody saying so. */
  @Test
  void tellsEverybodyAnewWhenThePresenceIsAnotherOne() throws Exception {
    comes(service, "1");
    String before = version();
    try (EventReader reader = elsewhere.read(path + "/events", before)) {
      jdbc()
          .sql(
              """
              with gone as (delete from seen where program = :name),
                unsaid as (delete from presence_change where program = :name)
              delete from presence_source where program = :name
              """)
          .param("name", name)
          .update();
      await().atMost(SOON).until(reader::hasEnded);
    }
    define();
    comes(service, "2");

    Event event = firstEvent(before);

    assertThat(event.name()).isEqualTo("snapshot");
    assertThat(event.data()).contains("\"id\":\"2\"").doesNotContain("\"id\":\"1\"");
  }

  /** As after the restore of a backup. */
  @Test
  void tellsEverybodyAnewWhenVersionsGoBack() throws Exception {
    comes(service, "1");
    comes(service, "2");
    try (EventReader reader = elsewhere.read(path + "/events", null)) {
      await().atMost(SOON).until(() -> reader.events().size() == 1);
      long back = Long.parseLong(version()) - 1;
      // Not before this instance has looked: what it does not know it cannot miss.
      comes(service, "3");
      await().atMost(SOON).until(() -> reader.events().size() == 2);
      jdbc()
          .sql("update presence_source set version = :back where program = :name")
          .param("back", back)
          .param("name", name)
          .update();

      await().atMost(SOON).until(() -> reader.events().size() == 3);

      assertThat(reader.events().getLast().name()).isEqualTo("snapshot");
      assertThat(reader.events().getLast().id()).isEqualTo(Long.toString(back));
    }
  }

  @Test
  void othersReadItOnlyWhileItIsPublic() throws Exception {
    TestProgram stranger = other.asReporter("stranger");
    assertThat(stranger.get(path + "/events").statusCode()).isEqualTo(403);
    assertThat(stranger.get("/presence/unheard-of/events").statusCode()).isEqualTo(404);
    assertThat(new TestProgram(other.url(), null).get(path + "/events").statusCode())
        .isEqualTo(401);
    assertThat(other.as("queuer").get(path + "/events").statusCode()).isEqualTo(403);

    Fixture.define(program, status, ",\"public\":true,\"online_for\":\"10m\"");
    try (EventReader reader = awaitReader(stranger);
        EventReader own = elsewhere.read(path + "/events", null)) {
      comes(service, "1");
      await().atMost(SOON).until(() -> versions(reader).size() == 1);
      assertThat(own.hasEnded()).isFalse();

      define();

      await().atMost(WITHIN_A_SECOND).until(reader::hasEnded);
      comes(service, "2");
      await().atMost(SOON).until(() -> versions(own).size() == 2);
      assertThat(versions(reader)).hasSize(1);
    }
  }

  @Test
  void endsWhenAProgramIsRemovedOrHasAnotherSecret() throws Exception {
    try (EventReader reader = program.read(path + "/events", null);
        EventReader stranger = awaitUnconcerned()) {
      await().atMost(SOON).until(() -> reader.events().size() == 1);

      nats.publish("program.changed", name.getBytes(StandardCharsets.UTF_8));

      await().atMost(WITHIN_A_SECOND).until(reader::hasEnded);
      assertThat(stranger.hasEnded()).isFalse();
    }
    // Who was let in just before that is not for long.
    try (EventReader reader = program.read(path + "/events", null)) {
      await().atMost(SOON).until(() -> reader.events().size() == 1);
      await().atMost(Duration.ofSeconds(8)).until(reader::hasEnded);
    }
  }

  @Test
  void needsNatsOnlyToBeFaster() throws Exception {
    try (RunningService alone = start("nats://127.0.0.1:9");
        EventReader reader = alone.asReporter(name).read(path + "/events", null)) {
      await().atMost(SOON).until(() -> reader.events().size() == 1);
      comes(service, "1");
      await().atMost(Duration.ofSeconds(3)).until(() -> versions(reader).size() == 1);
    }
  }

  @Test
  void tellsWhoIsOneTooManyWhenToComeBackAndEndsAllWhenItStops() throws Exception {
    List<EventReader> readers = new ArrayList<>();
    try (RunningService small =
        start(
            TestServers.nats().url(),
            "--meower.presence.events.max-streams-per-program=2",
            "--meower.presence.events.max-streams=3")) {
      TestProgram here = small.asReporter(name);
      Fixture.define(here, status, ",\"public\":true");
      readers.add(admitted(here));
      readers.add(admitted(here));
      EventReader refused = here.read(path + "/events", null);
      await().atMost(SOON).until(refused::hasEnded);
      assertThat(refused.response().statusCode()).isEqualTo(200);
      assertThat(refused.events()).extracting(Event::name).containsExactly("busy");
      assertThat(refused.retry()).isEqualTo("10000");

      readers.add(admitted(small.asReporter("second")));
      EventReader also = small.asReporter("third").read(path + "/events", null);
      await().atMost(SOON).until(also::hasEnded);
      assertThat(also.events()).extracting(Event::name).containsExactly("busy");
      assertThat(small.metric("meower.presence.streams")).isEqualTo(3);
      assertThat(small.metric("meower.presence.streams.refused")).isEqualTo(2);
      assertThat(readers).noneMatch(EventReader::hasEnded);
    }
    await().atMost(SOON).until(() -> readers.stream().allMatch(EventReader::hasEnded));
  }

  @Test
  void dropsAReaderThatTakesNothing() throws Exception {
    jdbc()
        .sql(
            """
            insert into seen (program, id, last_seen)
            select :name, 'object-' || n || repeat('-', 80), now() from generate_series(1, 60000) as n
            """)
        .param("name", name)
        .update();
    try (RunningService strict =
            start(TestServers.nats().url(), "--server.tomcat.connection-timeout=1s");
        Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      URI uri = URI.create(strict.url());
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), uri.getPort()));
      socket
          .getOutputStream()
          .write(
              "GET %s/events HTTP/1.1\r\nHost: x\r\nMeower-Pass: %s\r\n\r\n"
                  .formatted(path, Passes.of(name, Scope.PRESENCE))
                  .getBytes(StandardCharsets.UTF_8));
      await().atMost(SOON).until(() -> strict.metric("meower.presence.streams.stalled") == 1);
      assertThat(strict.metric("meower.presence.streams")).isZero();
    }
  }

  @Test
  void saysThatItIsStillThere() throws Exception {
    try (EventReader reader = program.read(path + "/events", null)) {
      await().atMost(Duration.ofSeconds(25)).until(() -> !reader.comments().isEmpty());
      assertThat(reader.events()).hasSize(1);
    }
  }

  @Test
  void obeysWhatIsAccepted() throws Exception {
    comes(service, "events");
    HttpResponse<String> head = program.send("HEAD", path + "/events", null);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Type"))
        .contains("text/event-stream;charset=UTF-8");
    assertThat(program.send("GET", path + "/events", null, "Accept", "image/png").statusCode())
        .isEqualTo(406);
    HttpResponse<String> object =
        program.send("GET", path + "/events", null, "Accept", "application/json");
    assertThat(TestProgram.json(object).get("id").stringValue()).isEqualTo("events");
  }

  /** Reads from whichever instance is there, as an EventSource does, while instances are killed. */
  @Test
  void hasNeitherGapNorRepeatWhenInstancesAreKilled() throws Exception {
    List<ServiceProcess> instances =
        List.of(
            new ServiceProcess(postgres, database, Fixture.settings()),
            new ServiceProcess(postgres, database, Fixture.settings()));
    List<Event> read = new ArrayList<>();
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; !done.get(); i++) {
                comes(service, "object-" + i);
              }
            },
            Thread::startVirtualThread);
    try {
      for (ServiceProcess instance : instances) {
        instance.start();
      }
      for (ServiceProcess instance : instances) {
        await().atMost(START).until(instance::isReady);
      }
      for (ServiceProcess instance : instances) {
        String last = read.isEmpty() ? null : read.getLast().id();
        try (EventReader reader = instance.as(name).read(path + "/events", last)) {
          await().atMost(SOON).until(() -> reader.events().size() > 20);
          instance.kill();
          await().atMost(SOON).until(reader::hasEnded);
          read.addAll(reader.events());
        }
      }
    } finally {
      done.set(true);
      instances.forEach(ServiceProcess::kill);
    }
    writing.join();
    try (EventReader reader = elsewhere.read(path + "/events", read.getLast().id())) {
      String end = version();
      await()
          .atMost(SOON)
          .until(() ->
              read.getLast().id().equals(end)
                  || (!reader.events().isEmpty() && reader.events().getLast().id().equals(end)));
      read.addAll(reader.events());
    }
    assertThat(read).extracting(Event::name).filteredOn("snapshot"::equals).hasSize(1);
    long snapshot = Long.parseLong(read.getFirst().id());
    assertThat(read.stream().skip(1).map(event -> Long.parseLong(event.id())).toList())
        .isEqualTo(committed().stream().filter(version -> version > snapshot).toList());
  }

  private Event firstEvent(String last) throws Exception {
    try (EventReader reader = elsewhere.read(path + "/events", last)) {
      await().atMost(SOON).until(() -> !reader.events().isEmpty());
      return reader.events().getFirst();
    }
  }

  private EventReader admitted(TestProgram reader) throws Exception {
    EventReader stream = reader.read(path + "/events", null);
    await().atMost(SOON).until(() -> !stream.events().isEmpty());
    assertThat(stream.events().getFirst().name()).isEqualTo("snapshot");
    return stream;
  }

  /** The other instance knows within a second that it is public. */
  private EventReader awaitReader(TestProgram stranger) throws Exception {
    await().atMost(SOON).until(() -> stranger.get(path).statusCode() == 200);
    return stranger.read(path + "/events", null);
  }

  private static EventReader awaitUnconcerned() throws Exception {
    String unconcerned = "unconcerned-" + Long.toString(System.nanoTime(), 36);
    TestProgram stranger = service.asReporter(unconcerned);
    Fixture.define(stranger, status, "");
    return stranger.read("/presence/" + unconcerned + "/events", null);
  }

  /** Has an object come; returns when that is committed. */
  private void comes(RunningService at, String id) {
    come(at, id).join();
  }

  private CompletableFuture<Void> come(RunningService at, String id) {
    return at.bean(SeenWriter.class).add(new Seen(name, id, System.nanoTime()));
  }

  private void leaves(String id) {
    jdbc()
        .sql("update seen set last_seen = now() - interval '1 hour' where program = ? and id = ?")
        .param(name)
        .param(id)
        .update();
  }

  private String version() {
    return TestProgram.json(program.get(path)).get("version").toString();
  }

  /** All changes that are kept, in their order. */
  private List<Long> committed() {
    return jdbc()
        .sql("select version from presence_change where program = ? order by version")
        .param(name)
        .query(Long.class)
        .list();
  }

  private static List<Long> versions(EventReader reader) {
    return reader.events().stream()
        .filter(event -> !event.name().equals("snapshot"))
        .map(event -> Long.parseLong(event.id()))
        .toList();
  }

  private static JdbcClient jdbc() {
    return service.bean(JdbcClient.class);
  }
}
