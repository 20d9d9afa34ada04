package meower.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import meower.command.BrokerThatForgets.Entry;
import meower.command.RunningService.Posted;
import meower.command.ledger.StreamStatus;
import meower.schema.DeletedBy;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;
import meower.schema.MeowId;
import meower.signing.KeyFile;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;

/** What the command service publishes is signed, and it believes nothing else of the stream. */
class SignedEventsIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String UNKNOWN = "3G12Ptjdq1Yd5cJrsHFtjZdYqGU";

  @TempDir Path folder;

  private final TestPostgres postgres = TestServers.postgres();
  private final List<Posted> meows = new ArrayList<>();
  private String database;
  private BrokerThatForgets broker;
  private @Nullable RunningService running;

  @BeforeEach
  void start() throws Exception {
    database = postgres.createDatabase();
    broker = new BrokerThatForgets(folder);
  }

  @AfterEach
  void stop() throws Exception {
    service().close();
    broker.end();
  }

  @Test
  void signsEverythingFromTheBeginningOfAStream() throws Exception {
    startService("events");
    post(3);
    service().edit(meows.getFirst(), "edited");
    service().delete(meows.getLast());
    awaitLast(5);

    assertThat(broker.entries())
        .hasSize(4)
        .allSatisfy(entry -> assertThat(entry.signature()).matches("v1,[\\w-]{43}"))
        .extracting(Entry::signature)
        .doesNotHaveDuplicates();
    assertThat(broker.description()).startsWith("signed after 0 v1,");
  }

  @Test
  void signsWhatItPublishesAgain() throws Exception {
    startService("events");
    post(3);
    awaitLast(3);
    broker.management().deleteStream("MEOWS");

    await().atMost(SOON).ignoreExceptions().until(() -> !broker.isRefilling());
    awaitLast(3);

    assertThat(broker.entries())
        .hasSize(3)
        .allSatisfy(entry -> assertThat(entry.signature()).matches("v1,[\\w-]{43}"));
    assertThat(broker.description()).startsWith("signed after 0 v1,");
    assertThat(status()).isEqualTo(Status.UP);
  }

  /** Neither what nobody has posted, nor another text for what somebody has. */
  @Test
  void takesNothingForgedIntoPostgres() throws Exception {
    startService("events");
    post(2);
    awaitLast(2);
    Instant now = Instant.now();
    MeowId first = new MeowId(meows.getFirst().id());
    List<MeowEvent> forgeries =
        List.of(
            new MeowCreated(new MeowId(UNKNOWN), "dated 2030", now),
            new MeowEdited(first, 2, "not mine", now, now),
            new MeowDeleted(new MeowId(meows.getLast().id()), 2, now, now, DeletedBy.AUTHOR));
    for (MeowEvent forgery : forgeries) {
      broker.publish(forgery);
    }
    broker.repeat(1);
    post(1);

    await().atMost(SOON).until(() -> foreign() == 4);
    awaitLast(7);
    assertThat(broker.entries().getLast().payload()).contains("meow 2");
    assertThat(ask("select count(*) from meow_event")).isEqualTo("3");
    assertThat(status()).isEqualTo(Status.DOWN);
    assertThat(service().get("/readyz").statusCode()).isEqualTo(200);
    assertThat(service().edit(meows.getFirst(), "mine").statusCode()).isEqualTo(200);
  }

  @Test
  void believesWhatWasThereBeforeAndNothingUnsignedSince() throws Exception {
    startService("");
    post(2);
    awaitLast(2);
    assertThat(broker.description()).isEmpty();
    String epoch = broker.epoch();
    service().close();

    startService("events");
    await().atMost(SOON).until(() -> broker.description().startsWith("signed after 2 v1,"));
    post(1);
    awaitLast(3);
    broker.publish(new MeowCreated(new MeowId(UNKNOWN), "dated 2030", Instant.now()));
    await().atMost(SOON).until(() -> foreign() == 1);

    assertThat(ask("select count(*) from meow_event")).isEqualTo("3");
    assertThat(broker.epoch()).isEqualTo(epoch);
    assertThat(broker.entries())
        .extracting(entry -> entry.signature() != null)
        .containsExactly(false, false, true, false);
  }

  @Test
  void asksForNoSignaturesWhileAnOlderInstanceMayPublish() throws Exception {
    startService("");
    post(1);
    awaitLast(1);
    service().close();
    try (Connection older = connectAs("command-service events keys")) {
      assertThat(older.isValid(5)).isTrue();
      startService("events");
      post(1);
      awaitLast(2);
      assertThat(broker.description()).isEmpty();
      assertThat(ask("select signed_after is null from stream_epoch")).isEqualTo("t");
    }

    await().atMost(SOON).until(() -> broker.description().startsWith("signed after 2 v1,"));
  }

  @Test
  void saysAgainWhereSignaturesBeginWhenSomebodyTookThatAway() throws Exception {
    startService("events");
    post(1);
    awaitLast(1);
    String said = broker.description();

    for (String other : List.of("", "refilling", "signed after 9 v1,AAAA")) {
      broker.describe(other);
      await().atMost(SOON).until(() -> broker.description().equals(said));
    }
  }

  @Test
  void goesOnWithARotatedKey() throws Exception {
    Path file = folder.resolve("events");
    startService("events");
    post(1);
    awaitLast(1);
    String epoch = broker.epoch();
    service().close();
    String former = Files.readString(file).strip();
    String next = Base64.getEncoder().encodeToString(KeyFile.random());

    Files.writeString(file, next + "\n" + former + "\n");
    startService("events");
    post(1);
    awaitLast(2);
    assertThat(broker.epoch()).isEqualTo(epoch);
    assertThat(status()).isEqualTo(Status.UP);
    service().close();

    Files.writeString(file, next + "\n");
    startService("events");
    await().atMost(SOON).ignoreExceptions().until(() -> !broker.epoch().equals(epoch));
    awaitLast(2);
    assertThat(broker.entries()).extracting(Entry::payload).hasSize(2);
    assertThat(status()).isEqualTo(Status.UP);
  }

  /** Of one that was made anew by a relay that does not sign nothing is lost either. */
  @Test
  void makesAStreamAnewThatARelayWithoutSignaturesWentOnWith() throws Exception {
    startService("events");
    post(2);
    awaitLast(2);
    String epoch = broker.epoch();
    service().close();
    broker.publish(new MeowCreated(new MeowId(UNKNOWN), "by an older one", Instant.now()));
    execute(
        """
        insert into meow_event (id, body, created_at)
        values ('%s', 'by an older one', now());
        insert into publication (epoch, sequence, meow_seq)
        select (select max(number) from stream_epoch), 3, max(seq) from meow_event
        """
            .formatted(UNKNOWN));

    startService("events");

    await().atMost(SOON).ignoreExceptions().until(() -> !broker.epoch().equals(epoch));
    awaitLast(3);
    assertThat(broker.entries())
        .allSatisfy(entry -> assertThat(entry.signature()).isNotNull())
        .last()
        .extracting(Entry::payload)
        .asString()
        .contains("by an older one");
    assertThat(status()).isEqualTo(Status.UP);
  }

  @Test
  void doesNotPublishWithoutAKeyWhereEventsAreSigned() throws Exception {
    startService("events");
    post(1);
    awaitLast(1);
    service().close();

    startService("");
    post(1);

    await().pollDelay(Duration.ofSeconds(2)).atMost(SOON).until(() -> isWaiting(1));
    assertThat(broker.state().getLastSequence()).isEqualTo(1);
    assertThat(service().manage("/actuator/health").body()).contains("meower.events.key-file");
  }

  private RunningService service() {
    return Objects.requireNonNull(running);
  }

  private boolean isWaiting(int messages) throws Exception {
    return ask("select count(*) from outbox").equals("" + messages);
  }

  private void startService(String keyFile) {
    List<String> settings = new ArrayList<>();
    settings.add("--meower.signing.key-file=" + folder.resolve("undo"));
    if (!keyFile.isEmpty()) {
      settings.add("--meower.events.key-file=" + folder.resolve(keyFile));
    }
    running =
        RunningService.start(postgres, database, broker.url(), settings.toArray(String[]::new));
    await().atMost(SOON).until(() -> service().get("/readyz").statusCode() == 200);
  }

  private void post(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      meows.add(Posted.of(service().post("meow " + meows.size())));
    }
  }

  private void awaitLast(long last) {
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(() -> broker.state().getLastSequence() == last && !broker.isRefilling());
  }

  private Status status() {
    return Objects.requireNonNull(service().bean(StreamStatus.class).health()).getStatus();
  }

  private long foreign() throws Exception {
    return Long.parseLong(ask("select count(*) from publication where meow_seq is null"));
  }

  private String ask(String sql) throws Exception {
    try (Connection connection = connectAs("test");
        var rows = connection.createStatement().executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = connectAs("test")) {
      connection.createStatement().execute(sql);
    }
  }

  private Connection connectAs(String name) throws Exception {
    Properties login = new Properties();
    login.setProperty("user", postgres.username());
    login.setProperty("password", postgres.password());
    login.setProperty("ApplicationName", name);
    return DriverManager.getConnection(database, login);
  }
}
