package meower.query.search;

import static meower.query.RunningService.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import meower.nats.RequestListener;
import meower.query.MeowFeed;
import meower.query.RunningService;
import meower.query.model.FindRequest;
import meower.query.model.FindResult;
import meower.query.model.IndexRequests;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator asks for everything that a search finds. */
class MatchingMeowsIntegrationTests {

  private final TestNats nats = TestServers.nats();
  private final TestElasticsearch elasticsearch = TestServers.elasticsearch();
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
  }

  @Test
  void findsEverythingPartByPartAsItWasAtTheFirst() throws Exception {
    String first = feed.publish("spam 1");
    String edited = feed.publish("something else");
    String deleted = feed.publish("spam, taken back");
    String last = feed.publish("spam 2");
    feed.publish("ham");
    feed.edit(edited, 2, "now spam");
    feed.delete(deleted, 2);
    await()
        .untilAsserted(() ->
            assertThat(fields(service.get("/search?query=spam"), "id"))
                .containsExactlyInAnyOrder(first, edited, last));

    FindResult part = find(new FindRequest("spam", null, 0, 2));
    String later = feed.publish("spam 3");
    await().until(() -> fields(service.get("/search?query=spam"), "id").contains(later));
    FindResult next = find(new FindRequest("spam", part.view(), part.next(), 2));

    assertThat(ids(part)).containsExactly(last, edited);
    assertThat(part.meows().getLast().body()).isEqualTo("now spam");
    assertThat(part.view()).endsWith("-7");
    assertThat(ids(next)).containsExactly(first);
    assertThat(next.view()).isEqualTo(part.view());
    assertThat(next.next()).isZero();
  }

  @Test
  void saysWhyItFindsNothing() throws Exception {
    String spam = feed.publish("spam");
    await().until(() -> fields(service.get("/search?query=spam"), "id").contains(spam));

    assertThat(refusal(new FindRequest("?!", null, 0, 1))).contains("no word");
    assertThat(refusal(new FindRequest("x".repeat(201), null, 0, 1))).contains("at most 200");
    assertThat(refusal(new FindRequest("spam", null, 0, 501))).contains("1 to 500");
    assertThat(refusal(new FindRequest("spam", "another-1", 1, 1))).contains("made anew");
  }

  private static List<String> ids(FindResult part) {
    return part.meows().stream().map(FindResult.Match::id).toList();
  }

  private FindResult find(FindRequest request) throws Exception {
    return FindResult.decode(ask(request).getData());
  }

  private String refusal(FindRequest request) throws Exception {
    return Objects.requireNonNull(ask(request).getHeaders().getFirst(RequestListener.ERROR));
  }

  private Message ask(FindRequest request) throws Exception {
    return feed.ask(IndexRequests.FIND, new String(request.encode(), StandardCharsets.UTF_8));
  }
}
