package meower.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.api.StreamInfo;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import meower.operations.Operations;
import meower.operations.audit.AuditCommand;
import meower.operations.connection.Servers;
import meower.operations.connection.Settings;
import meower.query.model.MeowDocument;
import meower.schema.DeletedBy;
import meower.schema.EarlierSequences;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEventJson;
import meower.schema.MeowId;
import meower.schema.MeowIdGenerator;
import meower.schema.MeowStream;
import meower.schema.Position;
import meower.schema.signing.EventSignatures;
import meower.schema.signing.SignedMessage;
import meower.signing.KeyFile;
import meower.standalone.stack.Login;
import meower.standalone.stack.Part;
import meower.stream.Streams;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Each store is broken by hand; the audit names it and mends it. */
class AuditIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String UNDO = "Meower-Undo";

  private final RunningMeower meower = RunningMeower.get();
  private final Api api = new Api(meower.url());
  private final StandingRelay relay =
      new StandingRelay(() -> meower.access().postgres(Part.COMMAND));
  private final HttpClient http = HttpClient.newHttpClient();
  private final MeowIdGenerator ids = new MeowIdGenerator(Clock.systemUTC(), new SecureRandom());

  private record Result(int status, String output) {}

  /** A meow, and what lets its author change it. */
  private record Posted(String id, String undo) {}

  @BeforeEach
  void agree() {
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(audit()).extracting(Result::status).isEqualTo(0));
  }

  @AfterEach
  void restore() throws SQLException {
    relay.close();
    meower.restore();
    http.close();
  }

  @Test
  void agreesWhileMeowsArePosted() throws Exception {
    try (ExecutorService poster = Executors.newSingleThreadExecutor()) {
      agreesUntilDone(
          poster.submit(() -> {
            for (int i = 0; i < 500; i++) {
              postNow("audit " + i);
            }
            return true;
          }));
    }
  }

  @Test
  void agreesWhileMeowsAreEditedAndDeleted() throws Exception {
    List<Posted> posted = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      posted.add(postNow("before " + i));
    }
    try (ExecutorService changer = Executors.newSingleThreadExecutor()) {
      Future<?> changed =
          changer.submit(() -> {
            for (Posted meow : posted) {
              edit(meow, "edited " + meow.id());
            }
            for (Posted meow : posted.subList(80, 200)) {
              delete(meow);
            }
            return true;
          });
      agreesUntilDone(changed);
    }
    Result afterwards = audit();
    assertThat(afterwards.output()).contains("0 differences");
    assertThat(afterwards.status()).isZero();
  }

  private void agreesUntilDone(Future<?> work) throws Exception {
    int audits = 0;
    while (!work.isDone() || audits == 0) {
      Result result = audit();
      audits++;

      assertThat(result.output()).contains("0 differences");
      assertThat(result.status()).isZero();
    }
    work.get();
  }

  @Test
  void namesAndMendsDocumentsThatDoNotFollowEditsAndDeletions() throws Exception {
    Posted edited = postNow("first text");
    Posted lost = postNow("to be deleted");
    Posted left = postNow("text to be left");
    MeowDocument older = indexed(edited.id(), 1);
    MeowDocument text = indexed(left.id(), 1);
    edit(edited, "second text");
    delete(lost);
    delete(left);
    MeowDocument right = indexed(edited.id(), 2);
    MeowDocument tombstone = indexed(lost.id(), 2);
    MeowDocument other = indexed(left.id(), 2);
    put(edited.id(), older);
    elastic("DELETE", "/meows/_doc/" + lost.id(), null);
    put(left.id(), text);

    Result found = audit();
    Result mended = audit("--repair");

    assertThat(found.status()).isEqualTo(1);
    assertThat(found.output())
        .containsPattern("changed +index +id=" + edited.id() + " revision=2")
        .containsPattern("missing +index +id=" + lost.id() + " revision=2")
        .containsPattern("changed +index +id=" + left.id() + " revision=2")
        .contains("3 differences")
        .doesNotContain("text to be left");
    assertThat(mended.status()).as(mended.output()).isZero();
    assertThat(document(edited.id())).isEqualTo(right);
    assertThat(document(lost.id())).isEqualTo(tombstone);
    assertThat(document(left.id())).isEqualTo(other);
  }

  @Test
  void namesAndErasesATextThatCameBackIntoTheStream() throws Exception {
    String id = postNow("text that comes back").id();
    MeowDocument document = indexed(id, 1);
    relay.stand();
    long deletion = publishDeletion(document);
    // As the relay leaves it, but for the message, which is still there.
    execute(
        """
        with deleted as (
          insert into meow_event (id, revision, kind, created_at, at, deleted_by)
          select id, 2, 'd', created_at, created_at, 'o' from meow_event where id = ?
          returning seq
        ), erased as (
          update meow_event set body = null where id = ?
        ), present as (
          update stream_epoch set erased = erased + 1
          where number = (select max(number) from stream_epoch)
          returning number
        ), gone as (
          update publication set erasure = 2
          from present where epoch = number and sequence = ?::bigint
        )
        insert into publication (epoch, sequence, meow_seq)
        select number, ?::bigint, seq from present, deleted
        """,
        id,
        id,
        "" + document.sequence(),
        "" + deletion);

    Result found = audit();
    Result mended = audit("--repair");

    assertThat(found.status()).isEqualTo(1);
    assertThat(found.output())
        .containsPattern(
            "unexpected +stream +id=" + id + " sequence=" + document.sequence() + " its meow is")
        .contains("1 differences")
        .doesNotContain("text that comes back");
    assertThat(mended.status()).as(mended.output()).isZero();
  }

  @Test
  void namesAndMendsAnEditThatIsNeitherPublishedNorInTheOutbox() throws Exception {
    String id = postNow("lost edit").id();
    indexed(id, 1);
    execute(
        """
        insert into meow_event (id, revision, kind, body, created_at, at)
        select id, 2, 'e', 'found edit', created_at, created_at from meow_event where id = ?
        """,
        id);

    Result found = audit();
    Result mended = audit("--repair");

    assertThat(found.output()).containsPattern("missing +postgres +id=" + id + " revision=2");
    assertThat(found.output()).contains("1 differences");
    assertThat(mended.status()).as(mended.output()).isZero();
    assertThat(indexed(id, 2).body()).isEqualTo("found edit");
  }

  @Test
  void namesLivesThatCannotHaveBeen() throws Exception {
    Posted meow = postNow("impossible life");
    Posted deleted = postNow("deleted life");
    delete(deleted);
    indexed(deleted.id(), 2);
    relay.stand();
    insertEdit(meow.id(), 3);
    insertEdit(deleted.id(), 3);
    execute("update meow_event set body = 'left' where id = ? and revision = 1", deleted.id());

    Result found = audit();
    execute("update meow_event set body = null where id = ? and revision = 1", deleted.id());
    takeOut(meow.id(), 3);
    takeOut(deleted.id(), 3);

    assertThat(found.status()).isEqualTo(1);
    assertThat(found.output())
        .containsPattern("changed +postgres id=" + meow.id() + " revision=3 there is no revision")
        .containsPattern("unexpected postgres id=" + deleted.id() + " revision=3 comes after the")
        .containsPattern("changed +postgres id=" + deleted.id() + " has a text although")
        .containsPattern("changed +postgres id=" + deleted.id() + " revision=3 has a text although")
        .contains("4 differences");
  }

  @Test
  void namesAndMendsWhatDiffersInTheIndex() throws Exception {
    List<String> posted = post(5);
    MeowDocument changed = document(posted.get(1));
    MeowDocument moved = document(posted.get(2));
    MeowDocument unfindable = document(posted.get(3));
    MeowDocument extra = MeowDocument.of(unknown("extra"), 7);
    MeowDocument nowhere = MeowDocument.of(unknown("nowhere"), 999_999_999);
    elastic("DELETE", "/meows/_doc/" + posted.get(0), null);
    put(changed.id(), document(changed, "other", "other"));
    put(moved.id(), MeowDocument.of(created(moved), moved.sequence() - 1));
    put(unfindable.id(), document(unfindable, Objects.requireNonNull(unfindable.body()), "hidden"));
    put(extra.id(), extra);
    put(nowhere.id(), nowhere);
    put("twice", document(posted.get(4)));

    Result found = audit();
    Result mended = audit("--repair");
    Result afterwards = audit();

    assertThat(found.status()).isEqualTo(1);
    assertThat(found.output())
        .containsPattern("missing +index +id=" + posted.get(0))
        .containsPattern("changed +index +id=" + changed.id())
        .containsPattern("misplaced +index +id=" + moved.id())
        .containsPattern("changed +index +id=" + unfindable.id())
        .containsPattern("unexpected +index +id=" + extra.id())
        .containsPattern("unexpected +index +id=" + nowhere.id())
        .containsPattern("unexpected +index +id=" + posted.get(4))
        .contains("7 differences");
    assertThat(mended.status()).as(mended.output()).isZero();
    assertThat(afterwards.output()).contains("0 differences");
  }

  @Test
  void namesAndMendsAMeowThatIsNeitherPublishedNorInTheOutbox() throws Exception {
    MeowCreated lost = unknown("lost from the outbox");
    store(lost);

    Result found = audit();
    Result mended = audit("--repair");

    assertThat(found.status()).isEqualTo(1);
    assertThat(found.output()).containsPattern("missing +postgres +id=" + lost.id());
    assertThat(mended.status()).as(mended.output()).isZero();
    await().atMost(SOON).until(() -> api.get("/meows/" + lost.id()).statusCode() == 200);
    assertThat(audit().output()).contains("0 differences");
  }

  @Test
  void namesAndMendsAMeowThatIsPublishedAndInTheOutbox() throws Exception {
    String id = post(1).getFirst();
    relay.stand();
    execute("insert into outbox (event_seq) select seq from meow_event where id = ?", id);

    Result found = audit();
    Result mended = audit("--repair");

    assertThat(found.status()).isEqualTo(1);
    assertThat(found.output()).containsPattern("unexpected +postgres +id=" + id);
    assertThat(mended.status()).as(mended.output()).isZero();
  }

  @Test
  void namesAndMendsAMessageThatDoesNotBelongIntoTheStream() throws Exception {
    List<String> posted = post(3);
    MeowCreated extra = unknown("extra in the stream");
    publish(MeowEventJson.encode(extra));

    Result found = audit();
    Result mended = audit("--repair");

    assertThat(found.status()).isEqualTo(1);
    assertThat(found.output())
        .containsPattern("unexpected +stream +id=" + extra.id())
        .contains("body=\"extra in the stream\"");
    assertThat(mended.status()).as(mended.output()).isZero();
    await().atMost(SOON).until(() -> api.get("/meows/" + extra.id()).statusCode() == 404);
    assertThat(api.get("/meows/" + posted.getLast()).statusCode()).isEqualTo(200);
  }

  @Test
  void saysThatADeadLetterIsParkedInsteadOfMissing() throws Exception {
    // A year that the index does not take.
    MeowCreated impossible =
        new MeowCreated(ids.next(), "far future", Instant.parse("+20000-01-01T00:00:00Z"));
    store(impossible);

    Result mended = audit("--repair");

    assertThat(mended.status()).as(mended.output()).isZero();
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(audit().output())
                .containsPattern("parked +index +id=" + impossible.id())
                .contains("0 differences"));
  }

  /** Asked is NATS first and Elasticsearch last: each hides those behind it. */
  @Test
  void saysWhoIsAway() {
    for (Part part :
        List.of(Part.ELASTICSEARCH, Part.QUERY, Part.POSTGRES, Part.COMMAND, Part.NATS)) {
      meower.stack().stop(part);
      Result result = audit();

      boolean isService = part == Part.QUERY || part == Part.COMMAND;
      assertThat(result.status()).isEqualTo(2);
      assertThat(result.output())
          .containsIgnoringCase(part.name() + (isService ? "-service" : "") + " does not answer");
    }
  }

  private Result audit(String... arguments) {
    StringWriter output = new StringWriter();
    PrintWriter writer = new PrintWriter(output);
    int status =
        Operations.commandLine(new AuditCommand(Servers.of(settings())))
            .setOut(writer)
            .setErr(writer)
            .execute(arguments);
    return new Result(status, output.toString());
  }

  private Settings settings() {
    return Settings.of(meower.access().operator());
  }

  /** Returns the ids, in their order, once they are in the index. */
  private List<String> post(int count) throws Exception {
    List<String> posted = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      posted.add(postNow("audit " + i).id());
    }
    for (String id : posted) {
      indexed(id, 1);
    }
    return posted;
  }

  private Posted postNow(String body) throws Exception {
    HttpResponse<String> answer = api.post(body);
    assertThat(answer.statusCode()).isEqualTo(201);
    return new Posted(
        JSON.readTree(answer.body()).get("id").asString(),
        answer.headers().firstValue(UNDO).orElseThrow());
  }

  private void edit(Posted meow, String body) throws Exception {
    HttpRequest.Builder request =
        api.request("/meows/" + meow.id())
            .header(UNDO, meow.undo())
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("body", body))));
    assertThat(api.send(request).statusCode()).isEqualTo(200);
  }

  private void delete(Posted meow) throws Exception {
    HttpRequest.Builder request =
        api.request("/meows/" + meow.id()).header(UNDO, meow.undo()).DELETE();
    assertThat(api.send(request).statusCode()).isEqualTo(204);
  }

  /** Returns the document once the index has this revision of it. */
  private MeowDocument indexed(String id, int revision) {
    return await()
        .pollDelay(Duration.ZERO)
        .atMost(SOON)
        .ignoreException(AssertionError.class)
        .until(
            () -> document(id),
            document -> Objects.requireNonNullElse(document.revision(), 1) == revision);
  }

  /** Returns its sequence. */
  private long publishDeletion(MeowDocument document) throws Exception {
    Instant createdAt = Instant.parse(document.createdAt());
    MeowDeleted deletion =
        new MeowDeleted(new MeowId(document.id()), 2, createdAt, createdAt, DeletedBy.OPERATOR);
    Connection nats = meower.access().nats(Part.COMMAND);
    try {
      StreamInfo stream = nats.jetStreamManagement().getStreamInfo(MeowStream.NAME);
      Position place =
          new Position(Streams.epoch(stream), stream.getStreamState().getLastSequence() + 1);
      String earlier = "" + document.sequence();
      byte[] payload = MeowEventJson.encode(deletion);
      EventSignatures signatures =
          new EventSignatures(KeyFile.read(meower.data().resolve("keys/events")));
      Headers headers = new Headers().put(EarlierSequences.HEADER, earlier);
      headers.put(
          MeowStream.SIGNATURE,
          signatures
              .sign(new SignedMessage(place, MeowStream.DELETED, null, earlier, payload))
              .orElseThrow());
      return nats.jetStream().publish(MeowStream.DELETED, headers, payload).getSeqno();
    } finally {
      nats.close();
    }
  }

  /** Stores an edit and puts it into the outbox. */
  private void insertEdit(String id, int revision) throws SQLException {
    execute(
        """
        with stored as (
          insert into meow_event (id, revision, kind, body, created_at, at)
          select id, ?::smallint, 'e', 'edit', created_at, created_at
          from meow_event where id = ? and revision = 1
          returning seq
        )
        insert into outbox (event_seq) select seq from stored
        """,
        "" + revision,
        id);
  }

  private void takeOut(String id, int revision) throws SQLException {
    execute(
        """
        with gone as (
          delete from meow_event where id = ? and revision = ?::smallint returning seq
        )
        delete from outbox using gone where event_seq = gone.seq
        """,
        id,
        "" + revision);
  }

  private MeowCreated unknown(String body) {
    return new MeowCreated(ids.next(), body, Instant.parse("2026-01-01T00:00:00Z"));
  }

  private static MeowCreated created(MeowDocument document) {
    return new MeowCreated(
        new MeowId(document.id()),
        Objects.requireNonNull(document.body()),
        Instant.parse(document.createdAt()));
  }

  private static MeowDocument document(MeowDocument like, String body, String words) {
    return JSON.treeToValue(
        JSON.<ObjectNode>valueToTree(like).put("body", body).put("words", words),
        MeowDocument.class);
  }

  private MeowDocument document(String id) throws Exception {
    JsonNode answer = JSON.readTree(elastic("GET", "/meows/_doc/" + id, null));
    return JSON.treeToValue(answer.get("_source"), MeowDocument.class);
  }

  private void put(String documentId, MeowDocument document) throws Exception {
    elastic("PUT", "/meows/_doc/" + documentId, JSON.writeValueAsString(document));
  }

  private String elastic(String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send(method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return answer.body();
  }

  /** Asks Elasticsearch itself: the newest meows can be read before they are in the index. */
  private HttpResponse<String> send(String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    Login elasticsearch = meower.access().elasticsearch();
    return http.send(
        HttpRequest.newBuilder(URI.create(elasticsearch.url() + path + "?refresh=true"))
            .header("Authorization", elasticsearch.authorization())
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private void publish(byte[] payload) throws Exception {
    Connection nats = meower.access().nats(Part.COMMAND);
    try {
      nats.jetStream().publish(MeowStream.CREATED, payload);
    } finally {
      nats.close();
    }
  }

  /** Stores a meow and no event for it. */
  private void store(MeowCreated meow) throws SQLException {
    execute(
        "insert into meow_event (id, body, created_at) values (?, ?, ?::timestamptz)",
        meow.id().value(),
        meow.body(),
        meow.createdAt().toString().replace("+", ""));
  }

  private void execute(String sql, String... parameters) throws SQLException {
    try (var connection = meower.access().postgres(Part.COMMAND);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    }
  }
}
