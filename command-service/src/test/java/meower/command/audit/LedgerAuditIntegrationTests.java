package meower.command.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.nats.client.Message;
import io.nats.client.Nats;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import meower.command.RunningService;
import meower.command.RunningService.Posted;
import meower.command.StreamReader;
import meower.nats.RequestListener;
import meower.schema.RemovalRequest;
import meower.schema.audit.AuditRequests;
import meower.schema.audit.LedgerChecksum;
import meower.schema.audit.LedgerContradictions;
import meower.schema.audit.LedgerContradictions.Contradiction;
import meower.schema.audit.LedgerContradictions.Problem;
import meower.schema.audit.LedgerEntries;
import meower.schema.audit.LedgerEntry;
import meower.schema.audit.LedgerEpoch;
import meower.schema.audit.LedgerMending;
import meower.schema.audit.LedgerMeows;
import meower.schema.audit.LedgerRange;
import meower.schema.audit.LedgerStatus;
import meower.testservers.TestNats;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An audit asks what Postgres holds, and has it mended. */
class LedgerAuditIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);

  /** Of no stream that there is. */
  private static final int OTHER_EPOCH = 999;

  private static final int MOST_PAYLOAD = 1_048_576;

  private TestPostgres postgres;
  private StreamReader stream;
  private io.nats.client.Connection operator;
  private String jdbcUrl;
  private RunningService service;

  @BeforeEach
  void startService() throws Exception {
    postgres = TestServers.postgres();
    TestNats nats = TestServers.nats();
    stream = StreamReader.of(nats);
    stream.deleteStream();
    jdbcUrl = postgres.createDatabase();
    service = RunningService.start(postgres, jdbcUrl, nats);
    await().atMost(SOON).until(() -> service.get("/readyz").statusCode() == 200);
    operator = Nats.connect(nats.url());
    await().atMost(SOON).ignoreExceptions().until(() -> epoch().complete());
  }

  @AfterEach
  void stopService() throws Exception {
    operator.close();
    service.close();
    stream.close();
  }

  @Test
  void saysWhatHappenedToTheMeowsOfARange() throws Exception {
    Posted edited = Posted.of(service.post("first"));
    Posted deleted = Posted.of(service.post("unlawful"));
    Posted untouched = Posted.of(service.post("untouched \ud83d\udc08"));
    service.edit(edited, "second");
    service.delete(deleted);
    await().atMost(SOON).until(() -> epoch().last() == 5);
    await().atMost(SOON).until(() -> status().erasures() == 0);

    LedgerRange all = new LedgerRange(epoch().number(), 0, 5, false);
    LedgerChecksum sum = ask(AuditRequests.LEDGER_CHECKSUM, all, LedgerChecksum.class);
    LedgerEntries entries = ask(AuditRequests.LEDGER_ENTRIES, all, LedgerEntries.class);
    LedgerEntries changed =
        ask(
            AuditRequests.LEDGER_ENTRIES,
            new LedgerRange(epoch().number(), 0, 5, true),
            LedgerEntries.class);
    LedgerEntries named =
        ask(
            AuditRequests.LEDGER_MEOWS,
            new LedgerMeows(epoch().number(), List.of(deleted.id(), "x".repeat(27))),
            LedgerEntries.class);

    assertThat(sum.count()).isEqualTo(1);
    assertThat(sum.changed()).isEqualTo(4);
    assertThat(sum.hash()).hasSize(32);
    assertThat(entries.upTo()).isEqualTo(5);
    assertThat(entries.entries()).hasSize(5);
    assertThat(changed.entries())
        .extracting(LedgerEntry::id)
        .containsOnly(edited.id(), deleted.id());
    assertThat(entries.entries()).filteredOn(e -> e.id().equals(untouched.id())).hasSize(1);
    assertThat(named.upTo()).isEqualTo(2);
    assertThat(named.entries())
        .extracting(LedgerEntry::revision, LedgerEntry::sequence, LedgerEntry::erasure)
        .containsExactly(
            tuple(1, 2L, LedgerEntry.Erasure.DONE), tuple(2, 5L, LedgerEntry.Erasure.NONE));
    assertThat(named.entries().getFirst().event()).isNull();
    assertThat(status())
        .isEqualTo(new LedgerStatus(epoch(), status().lastEvent(), 5, 3, 1, 0, 0, 0L));
  }

  @Test
  void answersPartByPartSoThatEachFitsIntoAMessage() throws Exception {
    int count = 1_000;
    int revisions = 4;
    execute(
        """
        with stored as (
          insert into meow_event (id, revision, kind, body, created_at, at)
          select lpad(n::text, 27, '0'), revision, case revision when 1 then 'c' else 'e' end::"char",
            repeat(chr(128008), 140), now(), now()
          from generate_series(1, %d) as n, generate_series(1, %d) as revision
          returning seq, id, revision
        )
        insert into publication (epoch, sequence, meow_seq)
        select %d, id::bigint, seq from stored where revision = 1
        """
            .formatted(count, revisions, OTHER_EPOCH));

    List<String> published = new ArrayList<>();
    LedgerRange rest = new LedgerRange(OTHER_EPOCH, 0, count, false);
    int parts = 0;
    while (rest.after() < rest.to()) {
      Message answer = ask(AuditRequests.LEDGER_ENTRIES, rest);
      assertThat(answer.getData().length).isLessThan(MOST_PAYLOAD);
      LedgerEntries part = AuditRequests.decode(answer.getData(), LedgerEntries.class);
      assertThat(part.upTo()).isGreaterThan(rest.after());
      part.entries().stream()
          .filter(entry -> entry.sequence() > 0)
          .forEach(entry -> published.add(entry.id()));
      rest = rest.behind(part.upTo());
      parts++;
    }
    List<Contradiction> lost = new ArrayList<>();
    long last = status().lastEvent();
    long after = 0;
    while (after < last) {
      LedgerContradictions part =
          ask(
              AuditRequests.LEDGER_CONTRADICTIONS,
              new LedgerRange(epoch().number(), after, last, false),
              LedgerContradictions.class);
      lost.addAll(part.found());
      after = part.upTo();
    }

    assertThat(parts).isBetween(4, 30);
    assertThat(published).hasSize(count).doesNotHaveDuplicates().isSorted();
    assertThat(lost).hasSize(count * revisions).doesNotHaveDuplicates();
    assertThat(lost).extracting(Contradiction::problem).containsOnly(Problem.LOST);
  }

  @Test
  void mendsWhatIsStillWrong() throws Exception {
    service.post("published");
    await().atMost(SOON).until(() -> epoch().last() == 1);
    execute(
        """
        insert into meow_event (id, body, created_at)
        values (repeat('0', 27), 'lost', now())
        """);
    List<Long> events = contradictions().stream().map(Contradiction::event).toList();
    assertThat(events).hasSize(1);

    int epoch = epoch().number();
    assertThat(error(new LedgerMending(epoch + 1, events, List.of(), List.of())))
        .contains("made anew meanwhile");
    assertThat(contradictions()).hasSize(1);
    LedgerMending lost = new LedgerMending(epoch, events, List.of(), List.of());
    ask(AuditRequests.LEDGER_MEND, lost, LedgerMending.Result.class);
    await().atMost(SOON).until(() -> stream.bodies().equals(List.of("published", "lost")));
    await().atMost(SOON).until(() -> epoch().last() == 2);
    ask(AuditRequests.LEDGER_MEND, lost, LedgerMending.Result.class);

    assertThat(contradictions()).isEmpty();
    assertThat(status().outbox()).isZero();
    assertThat(stream.bodies()).hasSize(2);
  }

  @Test
  void deletesWhatIsNotOfTheStreamWhichIsMadeAnewThen() throws Exception {
    service.post("ours");
    await().atMost(SOON).until(() -> epoch().last() == 1);
    LedgerEpoch before = epoch();
    stream.publishForeignMessage();

    LedgerMending.Result result =
        ask(
            AuditRequests.LEDGER_MEND,
            new LedgerMending(before.number(), List.of(), List.of(), List.of(2L, 7L)),
            LedgerMending.Result.class);

    assertThat(result.anew()).isTrue();
    await().atMost(SOON).ignoreExceptions().until(() -> stream.bodies().equals(List.of("ours")));
    await().atMost(SOON).until(() -> epoch().number() > before.number());
  }

  @Test
  void neitherPostsNorRemovalsWaitForAnAudit() throws Exception {
    try (Connection other = connect()) {
      other.setAutoCommit(false);
      other.createStatement().execute("lock table stream_epoch in access exclusive mode");
      var audit = operator.request(AuditRequests.LEDGER_EPOCH, new byte[0]);
      await().atMost(SOON).until(() -> isAuditWaiting());

      assertThat(service.post("goes on").statusCode()).isEqualTo(201);
      byte[] request = new RemovalRequest(List.of("0".repeat(27)), "ann", "").encode();
      assertThat(operator.request(RemovalRequest.CHECK, request, Duration.ofSeconds(5)))
          .isNotNull();
      assertThat(audit).isNotDone();
      other.rollback();
      assertThat(audit).succeedsWithin(SOON);
    }
  }

  private boolean isAuditWaiting() throws SQLException {
    try (Connection connection = connect();
        var row =
            connection
                .createStatement()
                .executeQuery(
                    """
                    select exists (
                      select from pg_stat_activity
                      where wait_event_type = 'Lock' and application_name like '% audit')
                    """)) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private List<Contradiction> contradictions() throws Exception {
    return ask(
            AuditRequests.LEDGER_CONTRADICTIONS,
            new LedgerRange(epoch().number(), 0, status().lastEvent(), false),
            LedgerContradictions.class)
        .found();
  }

  private LedgerEpoch epoch() throws Exception {
    return ask(AuditRequests.LEDGER_EPOCH, "", LedgerEpoch.class);
  }

  private LedgerStatus status() throws Exception {
    return ask(AuditRequests.LEDGER_STATUS, "", LedgerStatus.class);
  }

  private String error(LedgerMending mending) throws Exception {
    return Objects.requireNonNull(
        ask(AuditRequests.LEDGER_MEND, mending).getHeaders().getFirst(RequestListener.ERROR));
  }

  private <T> T ask(String subject, Object request, Class<T> type) throws Exception {
    Message answer = ask(subject, request);
    assertThat(answer.getHeaders()).isNull();
    return AuditRequests.decode(answer.getData(), type);
  }

  private Message ask(String subject, Object request) throws Exception {
    return Objects.requireNonNull(
        operator.request(subject, AuditRequests.encode(request), Duration.ofSeconds(20)));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect()) {
      connection.createStatement().execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl, postgres.username(), postgres.password());
  }
}
