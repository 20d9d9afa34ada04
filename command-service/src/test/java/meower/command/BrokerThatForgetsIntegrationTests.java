package meower.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import meower.command.BrokerThatForgets.Entry;
import meower.schema.MeowCreated;
import meower.schema.MeowEventJson;
import meower.schema.MeowId;
import meower.schema.MeowIdGenerator;
import meower.schema.MeowStream;
import meower.standalone.process.Folders;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stream loses something; Postgres brings it back. */
class BrokerThatForgetsIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;

  private final TestPostgres postgres = TestServers.postgres();
  private final MeowIdGenerator ids = new MeowIdGenerator(Clock.systemUTC(), new SecureRandom());
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
  void fillsAStreamAnewWhoseFilesWereDeleted() throws Exception {
    String before = postAndAwait(300);

    broker.whileDown(Folders::delete);
    postAndAwait(3);

    assertAgreement();
    assertThat(broker.epoch()).isNotEqualTo(before);
    assertThat(metric("meower.stream.recreated")).isEqualTo(1);
    assertThat(metric("meower.stream.refilled")).isEqualTo(300);
  }

  @Test
  void completesAnOlderCopyWithTheSameSequences() throws Exception {
    String before = postAndAwait(100);
    broker.copyFiles();
    postAndAwait(150);
    List<Entry> complete = broker.entries();

    broker.restoreCopy();
    awaitAgreement();

    assertThat(broker.entries()).isEqualTo(complete);
    assertThat(broker.epoch()).isEqualTo(before);
    assertThat(metric("meower.stream.refilled")).isEqualTo(150);
    postAndAwait(3);
    assertAgreement();
  }

  @Test
  void completesAStreamWhoseMessagesAreGoneWithTheSameSequences() throws Exception {
    String before = postAndAwait(100);
    List<Entry> complete = broker.entries();

    broker.whileDown(
        live -> Folders.delete(live.resolve("jetstream/$G/streams/" + MeowStream.NAME + "/msgs")));
    awaitAgreement();

    assertThat(broker.entries()).isEqualTo(complete);
    assertThat(broker.epoch()).isEqualTo(before);
  }

  @Test
  void makesAPurgedStreamAnew() throws Exception {
    String before = postAndAwait(100);

    broker.management().purgeStream(MeowStream.NAME);
    awaitAgreement();

    assertThat(broker.epoch()).isNotEqualTo(before);
    postAndAwait(3);
    assertAgreement();
  }

  @Test
  void makesAStreamAnewThatWasDeletedWhileRunning() throws Exception {
    String before = postAndAwait(100);

    broker.management().deleteStream(MeowStream.NAME);
    awaitAgreement();

    assertThat(broker.epoch()).isNotEqualTo(before);
  }

  @Test
  void makesAStreamAnewThatLostAMessageInTheMiddle() throws Exception {
    String before = postAndAwait(100);

    broker.management().deleteMessage(MeowStream.NAME, 50);
    awaitAgreement();

    assertThat(broker.epoch()).isNotEqualTo(before);
    assertThat(broker.state().getMsgCount()).isEqualTo(100);
  }

  @Test
  void makesAStreamAnewThatLostItsFirstOrItsLastMessage() throws Exception {
    String before = postAndAwait(100);
    broker.management().deleteMessage(MeowStream.NAME, 1);
    awaitAgreement();
    String second = broker.epoch();

    broker.management().deleteMessage(MeowStream.NAME, 100);
    awaitAgreement();

    assertThat(second).isNotEqualTo(before);
    assertThat(broker.epoch()).isNotIn(before, second);
  }

  @Test
  void fillsAnEmptyStreamThatSomebodyElseHasMade() throws Exception {
    postAndAwait(100);
    service.close();
    var configuration = broker.management().getStreamInfo(MeowStream.NAME).getConfiguration();
    broker.management().deleteStream(MeowStream.NAME);
    broker.management().addStream(configuration);
    String made = broker.epoch();

    startService();
    awaitAgreement();

    assertThat(broker.epoch()).isEqualTo(made);
    assertThat(broker.isRefilling()).isFalse();
  }

  @Test
  void replacesACopyOfAnEarlierEpoch() throws Exception {
    String first = postAndAwait(100);
    broker.copyFiles();
    broker.management().deleteStream(MeowStream.NAME);
    awaitAgreement();
    String second = postAndAwait(10);

    broker.restoreCopy();
    awaitAgreement();

    assertThat(broker.epoch()).isNotIn(first, second);
  }

  @Test
  void saysThatAStreamIsBeingRefilledAndGoesOnAfterTheBrokerWasKilledMeanwhile() throws Exception {
    insert(30_000);
    awaitAgreement();
    broker.management().deleteStream(MeowStream.NAME);
    awaitInTheMiddle(30_000);
    boolean refilling = broker.isRefilling();

    broker.killAndStart();
    awaitAgreement();

    assertThat(refilling).isTrue();
    assertThat(broker.isRefilling()).isFalse();
  }

  @Test
  void goesOnAfterACrashInTheMiddleOfARefill() throws Exception {
    insert(30_000);
    awaitAgreement();
    broker.management().deleteStream(MeowStream.NAME);
    awaitInTheMiddle(30_000);
    service.close();
    long sequence = broker.state().getLastSequence();
    assertThat(sequence).isBetween(1L, 29_999L);
    // As if it had died after a publish and before it was recorded.
    execute(
        "delete from publication where sequence > "
            + (sequence - 1_000)
            + " and epoch = (select max(number) from stream_epoch)");
    String epoch = broker.epoch();

    startService();
    awaitAgreement();

    assertThat(broker.epoch()).isEqualTo(epoch);
    assertThat(broker.isRefilling()).isFalse();
  }

  @Test
  void deletesNoStreamThatHoldsAMeowWhichPostgresDoesNotKnow() throws Exception {
    String before = postAndAwait(100);
    MeowCreated unknown = new MeowCreated(ids.next(), "only in the stream", Instant.EPOCH);
    broker.publish(new String(MeowEventJson.encode(unknown), StandardCharsets.UTF_8));
    post(1);
    await().atMost(SOON).until(() -> broker.state().getLastSequence() == 102);

    broker.management().deleteMessage(MeowStream.NAME, 50);
    await().atMost(SOON).until(() -> broker.state().getLastSequence() == 103);

    assertThat(broker.epoch()).isEqualTo(before);
    assertThat(broker.entries())
        .extracting(Entry::payload)
        .containsAll(expectedPayloads())
        .anyMatch(payload -> payload.contains("only in the stream"));
    assertThat(service.manage("/actuator/health").body()).contains("\"foreign\":1");

    broker.management().deleteMessage(MeowStream.NAME, 101);
    await().atMost(SOON).ignoreExceptions().until(() -> !broker.epoch().equals(before));
    await().atMost(SOON).until(() -> !broker.isRefilling());
    assertThat(broker.entries())
        .extracting(Entry::payload)
        .containsExactlyInAnyOrderElementsOf(expectedPayloads());
  }

  @Test
  void adoptsTheStreamOfADatabaseWithoutALedger() throws Exception {
    String before = postAndAwait(100);
    service.close();
    execute("truncate publication, stream_epoch");

    startService();
    postAndAwait(1);

    assertThat(broker.epoch()).isEqualTo(before);
    assertAgreement();
    assertThat(metric("meower.stream.refilled")).isZero();
  }

  @Test
  void publishesWhatAnOldStreamHadLostInTheOrderOfPosting() throws Exception {
    postAndAwait(100);
    service.close();
    execute("truncate publication, stream_epoch");
    broker.management().deleteStream(MeowStream.NAME);

    startService();
    postAndAwait(5);

    assertAgreement();
    assertThat(broker.entries())
        .extracting(Entry::payload)
        .isEqualTo(payloads("select id, body, created_at from meow order by seq"));
  }

  private void startService() {
    service = RunningService.start(postgres, jdbcUrl, broker.url());
    await().atMost(SOON).until(() -> service.get("/readyz").statusCode() == 200);
  }

  /** Returns the epoch in which they have appeared. */
  private String postAndAwait(int count) throws Exception {
    post(count);
    awaitAgreement();
    return broker.epoch();
  }

  private void post(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      assertThat(service.post("meow ünï \"" + i + "\"").statusCode()).isEqualTo(201);
    }
  }

  /** Many meows at once, as if they had been posted. */
  private void insert(int count) throws SQLException {
    try (Connection connection = connect();
        var meow =
            connection.prepareStatement(
                "insert into meow (id, body, created_at) values (?, ?, ?)");
        var outbox =
            connection.prepareStatement(
                "insert into outbox (message_id, subject, payload) values (?, 'meow.created', ?)")) {
      connection.setAutoCommit(false);
      for (int i = 0; i < count; i++) {
        MeowCreated event = new MeowCreated(ids.next(), "meow " + i, Instant.EPOCH.plusMillis(i));
        meow.setString(1, event.id().value());
        meow.setString(2, event.body());
        meow.setObject(3, event.createdAt().atOffset(ZoneOffset.UTC));
        meow.addBatch();
        outbox.setString(1, event.id().value());
        outbox.setString(2, new String(MeowEventJson.encode(event), StandardCharsets.UTF_8));
        outbox.addBatch();
      }
      meow.executeBatch();
      outbox.executeBatch();
      connection.commit();
    }
  }

  private void awaitInTheMiddle(int all) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(2))
        .ignoreExceptions()
        .until(() -> {
          long count = broker.state().getMsgCount();
          return count > 0 && count < all;
        });
  }

  private void awaitAgreement() {
    await().atMost(SOON).ignoreExceptions().untilAsserted(this::assertAgreement);
  }

  /** Everything is published, nothing is left to do, and both sides are the same byte by byte. */
  private void assertAgreement() throws Exception {
    assertThat(broker.hasStream()).isTrue();
    assertThat(broker.isRefilling()).isFalse();
    assertThat(count("outbox")).isZero();
    List<Entry> entries = broker.entries();
    assertThat(entries)
        .extracting(Entry::sequence)
        .isEqualTo(IntStream.rangeClosed(1, count("meow")).mapToObj(Long::valueOf).toList());
    assertThat(entries).extracting(Entry::payload).isEqualTo(expectedPayloads());
    assertThat(entries)
        .allSatisfy(e -> assertThat(e.payload()).contains("\"" + e.messageId() + "\""));
  }

  /** Posted one after the other, meows are in the order of their seq. */
  private List<String> expectedPayloads() throws SQLException {
    return payloads("select id, body, created_at from meow order by seq");
  }

  private List<String> payloads(String sql) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      List<String> payloads = new ArrayList<>();
      while (rows.next()) {
        MeowCreated event =
            new MeowCreated(
                new MeowId(rows.getString(1)),
                rows.getString(2),
                rows.getObject(3, OffsetDateTime.class).toInstant());
        payloads.add(new String(MeowEventJson.encode(event), StandardCharsets.UTF_8));
      }
      return payloads;
    }
  }

  private double metric(String name) throws Exception {
    String body = service.manage("/actuator/metrics/" + name).body();
    return Double.parseDouble(body.replaceAll("(?s).*\"value\":([0-9.E]+).*", "$1"));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int count(String table) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from " + table)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl, postgres.username(), postgres.password());
  }
}
