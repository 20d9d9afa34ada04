package meower.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import meower.command.BrokerThatForgets.Entry;
import meower.command.RunningService.Posted;
import meower.schema.MeowStream;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Postgres comes back as it was earlier; the stream knows what was answered since. */
class RestoredDatabaseIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;

  private final TestPostgres postgres = TestServers.postgres();
  private final List<Posted> meows = new ArrayList<>();
  private String database;
  private BrokerThatForgets broker;
  private RunningService service;

  @BeforeEach
  void start() throws Exception {
    database = postgres.createDatabase();
    broker = new BrokerThatForgets(folder);
    startService(database);
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
    broker.end();
  }

  @Test
  void takesInWhatWasAnsweredSince() throws Exception {
    post(4);
    awaitPublished(4);
    String backup = backUp();
    post(3);
    assertThat(service.edit(meows.get(5), "edited since").statusCode()).isEqualTo(200);
    awaitPublished(8);
    service.close();

    startService(backup);

    await().atMost(SOON).until(() -> ask(backup, "select count(*) from meow_event").equals("8"));
    String epoch = broker.epoch();
    assertThat(metric("meower.stream.imported")).isEqualTo(4);
    assertThat(service.manage("/actuator/health").body()).doesNotContain("foreign");
    assertThat(service.edit(meows.get(6), "is mine still").statusCode()).isEqualTo(200);
    awaitPublished(9);
    assertThat(broker.epoch()).isEqualTo(epoch);
    broker.management().deleteStream(MeowStream.NAME);
    await().atMost(SOON).ignoreExceptions().until(() -> !broker.epoch().equals(epoch));
    awaitPublished(9);
    assertThat(broker.entries())
        .extracting(Entry::payload)
        .hasSize(9)
        .anyMatch(payload -> payload.contains("meow 4"))
        .anyMatch(payload -> payload.contains("edited since"));
  }

  @Test
  void deletesAgainWhatWasDeletedSince() throws Exception {
    post(4);
    awaitPublished(4);
    String backup = backUp();
    assertThat(service.delete(meows.get(1)).statusCode()).isEqualTo(204);
    await()
        .atMost(SOON)
        .until(() -> ask(database, "select max(erased) from stream_epoch").equals("1"));
    service.close();

    startService(backup);

    await()
        .atMost(SOON)
        .until(() ->
            ask(backup, "select count(*) from meow_event where body is not null").equals("3"));
    await().atMost(SOON).ignoreExceptions().until(() -> !broker.isRefilling());
    assertThat(service.edit(meows.get(1), "back again").statusCode()).isEqualTo(410);
    assertThat(broker.entries())
        .extracting(Entry::payload)
        .noneMatch(payload -> payload.contains("meow 1"));
  }

  @Test
  void keepsThemInTheStreamForWhoWantsToLookFirst() throws Exception {
    post(2);
    awaitPublished(2);
    String backup = backUp();
    post(1);
    awaitPublished(3);
    service.close();

    startService(backup, "--meower.stream.unknown=keep");

    await()
        .atMost(SOON)
        .until(() -> service.manage("/actuator/health").body().contains("\"foreign\":1"));
    assertThat(ask(backup, "select count(*) from meow_event")).isEqualTo("2");
  }

  private void startService(String jdbcUrl, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("--meower.signing.key-file=" + folder.resolve("signing-keys"));
    service = RunningService.start(postgres, jdbcUrl, broker.url(), all.toArray(String[]::new));
    await().atMost(SOON).until(() -> service.get("/readyz").statusCode() == 200);
  }

  /** Returns the address of a copy; the service is away while it is made. */
  private String backUp() throws Exception {
    service.close();
    String name = database.substring(database.lastIndexOf('/') + 1);
    String copy = name + "_backup";
    try (Connection connection = connect(postgres.createDatabase());
        var statement = connection.createStatement()) {
      statement.execute("create database " + copy + " template " + name);
    }
    startService(database);
    return database.substring(0, database.lastIndexOf('/') + 1) + copy;
  }

  private void post(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      meows.add(Posted.of(service.post("meow " + meows.size())));
    }
  }

  private void awaitPublished(long last) {
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(() -> broker.state().getLastSequence() == last && !broker.isRefilling());
  }

  private double metric(String name) throws Exception {
    String body = service.manage("/actuator/metrics/" + name).body();
    return Double.parseDouble(body.replaceAll("(?s).*\"value\":([0-9.E]+).*", "$1"));
  }

  private String ask(String jdbcUrl, String sql) throws SQLException {
    try (Connection connection = connect(jdbcUrl);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "nothing";
    }
  }

  private Connection connect(String jdbcUrl) throws SQLException {
    return DriverManager.getConnection(jdbcUrl, postgres.username(), postgres.password());
  }
}
