package meower.query.audit;

import static meower.query.RunningService.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Message;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import meower.nats.RequestListener;
import meower.query.MeowFeed;
import meower.query.RunningService;
import meower.query.model.MeowDocument;
import meower.query.model.audit.IndexAuditRequests;
import meower.query.model.audit.IndexChecksum;
import meower.query.model.audit.IndexEntries;
import meower.query.model.audit.IndexMending;
import meower.query.model.audit.IndexRange;
import meower.query.model.audit.IndexSummary;
import meower.schema.MeowCreated;
import meower.schema.audit.AuditRequests;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** An audit asks what the index holds, and has it mended. */
class IndexAuditIntegrationTests {

  private static final Instant CREATED = Instant.parse("2026-11-21T10:00:00.000007Z");

  private static final long MICROS = ChronoUnit.MICROS.between(Instant.EPOCH, CREATED);

  private final TestNats nats = TestServers.nats();
  private final TestElasticsearch elasticsearch = TestServers.elasticsearch();
  private final HttpClient http = HttpClient.newHttpClient();
  private MeowFeed feed;
  private RunningService service;

  @BeforeEach
  void begin() throws Exception {
    feed = MeowFeed.begin(nats, elasticsearch);
    service = RunningService.start(nats, elasticsearch);
  }

  @AfterEach
  void end() {
    service.close();
    feed.close();
    http.close();
  }

  @Test
  void sumsUpWhatNobodyHasTouchedAsPostgresDoes() throws Exception {
    MeowCreated meow = new MeowCreated(feed.newId(), "untouched \ud83d\udc08", CREATED);
    feed.publish(meow);
    String edited = feed.publish("first");
    feed.edit(edited, 2, "second");
    awaitFilled(3);

    IndexRange all = IndexRange.all(summary().index(), 0, 3);
    IndexChecksum sum =
        ask(IndexAuditRequests.CHECKSUM, all.with(List.of(2L)), IndexChecksum.class);
    IndexEntries others =
        ask(IndexAuditRequests.ENTRIES, all.with(List.of(2L)), IndexEntries.class);

    assertThat(sum)
        .isEqualTo(new IndexChecksum(1, md5("1|" + meow.id() + "|" + MICROS + "|" + meow.body())));
    assertThat(others.found()).extracting(IndexEntries.Found::handle).containsExactly(edited);
    assertThat(others.next()).isNull();
    assertThat(ask(IndexAuditRequests.CHECKSUM, all, IndexChecksum.class))
        .isNotEqualTo(sum)
        .extracting(IndexChecksum::count)
        .isEqualTo(2L);
    assertThat(summary())
        .isEqualTo(new IndexSummary(summary().index(), summary().epoch(), true, 3, 2, 2));
  }

  @Test
  void listsDocumentsPartByPart() throws Exception {
    List<String> published = feed.publish(2_300);
    awaitFilled(2_300);

    IndexRange range = IndexRange.all(summary().index(), 0, 2_300);
    List<String> found = new ArrayList<>();
    IndexEntries part = ask(IndexAuditRequests.ENTRIES, range, IndexEntries.class);
    part.found().forEach(f -> found.add(f.handle()));
    int parts = 1;
    for (IndexRange.Cursor next = part.next(); next != null; next = part.next()) {
      part = ask(IndexAuditRequests.ENTRIES, range.behind(next), IndexEntries.class);
      part.found().forEach(f -> found.add(f.handle()));
      parts++;
    }

    assertThat(parts).isEqualTo(3);
    assertThat(found).isEqualTo(published.reversed());
    assertThat(
            ask(
                    IndexAuditRequests.ENTRIES,
                    IndexRange.outside(range.index(), 2_298),
                    IndexEntries.class)
                .found())
        .extracting(IndexEntries.Found::handle)
        .containsExactly(published.get(1), published.get(0));
  }

  @Test
  void writesAgainWhatIsWrongAndNothingThatHasChangedSince() throws Exception {
    String changed = feed.publish("right");
    String missing = feed.publish("missing");
    String newer = feed.publish("newer");
    feed.edit(missing, 2, "missing, edited");
    awaitFilled(4);
    String index = summary().index();
    MeowDocument wrong =
        MeowDocument.of(new MeowCreated(feed.newId(), "wrong", CREATED), 1_000_000);
    put(changed, wrong);
    put("extra", wrong);
    for (int i = 0; i < 3; i++) {
      put(newer, wrong);
    }
    send("DELETE", missing, "");

    ask(
        IndexAuditRequests.MEND,
        new IndexMending(
            index,
            List.of(new IndexMending.Document("extra", 1), new IndexMending.Document("none", 1)),
            List.of(
                new IndexMending.Event(1, 2),
                new IndexMending.Event(4, 0),
                new IndexMending.Event(3, 3))),
        Object.class);

    assertThat(document(changed)).contains("\"body\":\"right\"");
    assertThat(document(missing)).contains("\"body\":\"missing, edited\"", "\"revision\":2");
    assertThat(document(newer)).contains("\"body\":\"wrong\"");
    assertThat(send("GET", "extra", "").statusCode()).isEqualTo(404);
    assertThat(refusal(new IndexMending("meows-v1-other", List.of(), List.of())))
        .contains("was replaced meanwhile");
    assertThat(fields(service.get("/search?query=right"), "id")).containsExactly(changed);
  }

  private void awaitFilled(long sequence) {
    await().ignoreExceptions().until(() -> summary().filled() == sequence);
  }

  private IndexSummary summary() throws Exception {
    return ask(IndexAuditRequests.SUMMARY, "", IndexSummary.class);
  }

  private String refusal(IndexMending mending) throws Exception {
    return Objects.requireNonNull(
        ask(IndexAuditRequests.MEND, mending).getHeaders().getFirst(RequestListener.ERROR));
  }

  private <T> T ask(String subject, Object request, Class<T> type) throws Exception {
    Message answer = ask(subject, request);
    assertThat(answer.getHeaders()).as(String.valueOf(answer.getHeaders())).isNull();
    return AuditRequests.decode(answer.getData(), type);
  }

  private Message ask(String subject, Object request) throws Exception {
    return feed.ask(subject, new String(AuditRequests.encode(request), StandardCharsets.UTF_8));
  }

  private void put(String handle, MeowDocument document) throws Exception {
    assertThat(send("PUT", handle, JsonMapper.shared().writeValueAsString(document)).statusCode())
        .isBetween(200, 201);
  }

  private String document(String handle) throws Exception {
    return send("GET", handle, "").body();
  }

  private HttpResponse<String> send(String method, String handle, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(
                URI.create(elasticsearch.url() + "/meows/_doc/" + handle + "?refresh=true"))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private static String md5(String line) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("MD5").digest(line.getBytes(StandardCharsets.UTF_8)));
  }
}
