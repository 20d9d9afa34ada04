package meower.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import meower.command.BrokerThatForgets.Entry;
import meower.command.RunningService.Posted;
import meower.schema.MeowStream;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was deleted goes out of the stream, and no loss of the stream brings it back. */
class ErasureIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String SECRET = "SECRET";

  @TempDir Path folder;

  private final TestPostgres postgres = TestServers.postgres();
  private final List<Posted> meows = new ArrayList<>();
  private String jdbcUrl;
  private BrokerThatForgets broker;
  private RunningService service;

  @BeforeEach
  void start() throws Exception {
    jdbcUrl = postgres.createDatabase();
    broker = new BrokerThatForgets(folder);
    startService();
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
    broker.end();
  }

  @Test
  void erasesEveryTextOfADeletedMeow() throws Exception {
    post(10);
    service.edit(meows.get(3), SECRET + " edited");
    awaitPublished(11);
    String epoch = broker.epoch();

    delete(meows.get(3));
    awaitErased(2);

    Entry deletion = broker.entries().getLast();
    assertThat(deletion.sequence()).isEqualTo(12);
    assertThat(deletion.earlier()).isEqualTo("4,11");
    assertThat(deletion.messageId()).isEqualTo(meows.get(3).id() + ".3");
    assertThat(deletion.payload()).contains("\"deleted_at\"");
    assertThat(payloads()).noneMatch(payload -> payload.contains(SECRET + " edited"));
    assertThat(payloads()).noneMatch(payload -> payload.contains(SECRET + " 3"));
    assertThat(filesContain(SECRET + " 3\"")).isFalse();
    assertThat(filesContain(SECRET + " 4\"")).isTrue();
    post(1);
    awaitPublished(13);
    assertStillSound(epoch);
  }

  @Test
  void erasesTheFirstMessagesAndAllOfThem() throws Exception {
    post(3);
    awaitPublished(3);
    String epoch = broker.epoch();

    for (Posted meow : meows) {
      delete(meow);
    }
    awaitErased(3);

    assertThat(broker.entries()).extracting(Entry::sequence).containsExactly(4L, 5L, 6L);
    assertStillSound(epoch);
  }

  @Test
  void erasesNothingBeforeTheDeletionIsPublished() throws Exception {
    post(3);
    awaitPublished(3);
    String epoch = broker.epoch();
    broker.refuseMessagesOver(1);

    delete(meows.get(1));

    // The relay tries again and again.
    await()
        .during(Duration.ofSeconds(3))
        .atMost(SOON)
        .until(() -> payloads().stream().anyMatch(payload -> payload.contains(SECRET + " 1")));
    assertThat(payloads()).hasSize(3);
    broker.refuseMessagesOver(BrokerThatForgets.ANY_SIZE);
    awaitErased(1);
    assertThat(payloads()).hasSize(3).noneMatch(payload -> payload.contains(SECRET + " 1"));
    assertStillSound(epoch);
  }

  @Test
  void publishesNoTextThatWasDeletedBeforeItWasPublished() throws Exception {
    broker.whileDown(_ -> {
      post(3);
      service.edit(meows.get(1), SECRET + " edited");
      delete(meows.get(1));
      assertThat(ask("select count(*) from outbox")).isEqualTo("5");
    });
    awaitPublished(5);

    assertThat(payloads().stream().filter(payload -> payload.contains(SECRET)))
        .hasSize(2)
        .noneMatch(payload -> payload.contains(SECRET + " 1"));
    assertThat(broker.entries())
        .extracting(Entry::earlier)
        .containsExactly(null, null, null, "2", "2,4");
    assertThat(broker.entries()).hasSize(5);
  }

  @Test
  void fillsALostStreamWithoutTheTextsThatWereDeleted() throws Exception {
    post(6);
    service.edit(meows.get(2), SECRET + " edited");
    awaitPublished(7);
    delete(meows.get(2));
    awaitErased(2);
    String epoch = broker.epoch();

    broker.management().deleteStream(MeowStream.NAME);
    await().atMost(SOON).ignoreExceptions().until(() -> !broker.epoch().equals(epoch));
    awaitPublished(8);

    List<Entry> entries = broker.entries();
    assertThat(entries).hasSize(8);
    assertThat(List.of(entries.get(2), entries.get(6), entries.get(7)))
        .extracting(Entry::payload)
        .allMatch(payload -> payload.contains("\"deleted_at\""))
        .noneMatch(payload -> payload.contains(SECRET));
    assertThat(entries.get(2).earlier()).isNull();
    assertThat(entries.get(7).earlier()).isEqualTo("3,7");
    post(1);
    awaitPublished(9);
    assertStillSound(broker.epoch());
    assertThat(ask("select count(*) from publication where erasure in (1, 2)")).isEqualTo("0");
  }

  @Test
  void erasesAgainWhatAnOlderCopyOfTheFilesBringsBack() throws Exception {
    post(6);
    awaitPublished(6);
    delete(meows.get(1));
    awaitErased(1);
    broker.copyFiles();
    delete(meows.get(4));
    awaitErased(2);
    String epoch = broker.epoch();

    broker.restoreCopy();

    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(() ->
            assertThat(payloads())
                .hasSize(6)
                .noneMatch(payload -> payload.contains(SECRET + " 1"))
                .noneMatch(payload -> payload.contains(SECRET + " 4")));
    post(1);
    awaitPublished(9);
    assertStillSound(epoch);
  }

  @Test
  void erasesAgainInACopyWithAllMessages() throws Exception {
    post(3);
    awaitPublished(3);
    service.close();
    broker.copyFiles();
    startService();
    delete(meows.get(1));
    awaitErased(1);
    service.close();
    // The copy has everything but the deletion, which comes back with its sequence.
    broker.restoreCopy();
    startService();

    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(() ->
            assertThat(payloads())
                .hasSize(3)
                .noneMatch(payload -> payload.contains(SECRET + " 1")));
    assertStillSound(broker.epoch());
  }

  @Test
  void goesOnAfterACrashBetweenTheErasureAndItsRecord() throws Exception {
    post(5);
    awaitPublished(5);
    delete(meows.get(2));
    delete(meows.get(3));
    awaitErased(2);
    String epoch = broker.epoch();
    service.close();
    execute("update publication set erasure = 1 where sequence = 3");
    execute("update stream_epoch set erased = 1");

    startService();
    awaitErased(2);

    post(1);
    awaitPublished(8);
    assertStillSound(epoch);
  }

  @Test
  void erasesAfterACrashBetweenTheDeletionAndItsRecord() throws Exception {
    post(5);
    awaitPublished(5);
    service.close();
    // The relay has published the deletion and died; the ledger knows nothing of it.
    startService();
    delete(meows.get(2));
    awaitErased(1);
    service.close();
    execute("insert into outbox (event_seq) select meow_seq from publication where sequence = 6");
    execute("delete from publication where sequence = 6");
    execute("update publication set erasure = 0 where sequence = 3");
    execute("update stream_epoch set erased = 0, holes = 1");
    String epoch = broker.epoch();

    startService();

    await().atMost(SOON).until(() -> ask("select count(*) from outbox").equals("0"));
    await()
        .atMost(SOON)
        .until(() -> ask("select erasure from publication where sequence = 3").equals("2"));
    assertThat(broker.epoch()).isEqualTo(epoch);
  }

  @Test
  void makesAStreamAnewThatLostMoreThanWasErased() throws Exception {
    post(6);
    awaitPublished(6);
    delete(meows.get(2));
    awaitErased(1);
    String epoch = broker.epoch();

    broker.management().deleteMessage(MeowStream.NAME, 5);

    await().atMost(SOON).ignoreExceptions().until(() -> !broker.epoch().equals(epoch));
    awaitPublished(7);
    assertThat(broker.entries()).hasSize(7);
    assertThat(payloads())
        .anyMatch(payload -> payload.contains(SECRET + " 4"))
        .noneMatch(payload -> payload.contains(SECRET + " 2"));
  }

  private void startService() {
    service =
        RunningService.start(
            postgres,
            jdbcUrl,
            broker.url(),
            "--meower.signing.key-file=" + folder.resolve("signing-keys"));
    await().atMost(SOON).until(() -> service.get("/readyz").statusCode() == 200);
  }

  private void delete(Posted meow) throws Exception {
    assertThat(service.delete(meow).statusCode()).isEqualTo(204);
  }

  private void post(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      meows.add(Posted.of(service.post(SECRET + " " + meows.size())));
    }
  }

  private void awaitPublished(long last) {
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(() ->
            broker.state().getLastSequence() == last
                && !broker.isRefilling()
                && ask("select count(*) from outbox").equals("0"));
  }

  private void awaitErased(int messages) {
    await()
        .atMost(SOON)
        .until(() ->
            ask("select erased from stream_epoch order by number desc limit 1")
                .equals(Integer.toString(messages)));
  }

  /** Two looks of the relay at the stream find nothing wrong. */
  private void assertStillSound(String epoch) throws Exception {
    await()
        .during(Duration.ofMillis(4_500))
        .atMost(SOON)
        .ignoreExceptions()
        .until(() -> broker.epoch().equals(epoch));
    assertThat(ask("select count(*) from stream_epoch where epoch = '" + epoch + "'"))
        .isEqualTo("1");
  }

  private List<String> payloads() throws Exception {
    return broker.entries().stream().map(Entry::payload).toList();
  }

  private boolean filesContain(String text) throws IOException {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    try (Stream<Path> files = Files.walk(folder.resolve("live/nats"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (content.contains(new String(wanted, StandardCharsets.ISO_8859_1))) {
          return true;
        }
      }
    }
    return false;
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String ask(String sql) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "nothing";
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl, postgres.username(), postgres.password());
  }
}
