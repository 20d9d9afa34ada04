package meower.query.timeline;

import static meower.query.RunningService.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import meower.query.MeowFeed;
import meower.query.RunningService;
import meower.query.model.MeowDocument;
import meower.schema.MeowCreated;
import meower.schema.MeowId;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Another instance has come further than the one that is asked. */
class TimelineBehindIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int AHEAD = 10;

  /** Some months old. */
  private static final MeowId OF_A_WRONG_CLOCK = new MeowId("3G12Ptjdq1Yd5cJrsHFtjZdYqGU");

  private final TestElasticsearch elasticsearch = TestServers.elasticsearch();
  private MeowFeed feed;
  private RunningService service;

  @BeforeEach
  void begin() throws Exception {
    feed = MeowFeed.begin(TestServers.nats(), elasticsearch);
    service = RunningService.start(TestServers.nats(), elasticsearch, "--meower.timeline.newest=0");
    String last = feed.publish(5).getFirst();
    await().atMost(SOON).untilAsserted(() -> assertThat(service.timeline()).startsWith(last));
  }

  @AfterEach
  void end() {
    service.close();
    feed.close();
  }

  @Test
  void leavesNoHoleBelowAMeowThatIsNotInItsViewYet() throws Exception {
    MeowCreated ahead = new MeowCreated(feed.newId(), "seen elsewhere", Instant.now());
    index(MeowDocument.of(ahead, 5 + AHEAD));
    String path = "/meows?take=3&before=" + ahead.id();

    HttpResponse<String> refused = service.get(path);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();

    feed.publish(AHEAD - 2);
    String rightBelow = feed.publish("right below");
    feed.publish("at the same place");
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          HttpResponse<String> page = service.get(path);
          assertThat(page.statusCode()).isEqualTo(200);
          assertThat(fields(page, "id")).startsWith(rightBelow);
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void waitsForAMeowThatAnotherInstanceHasShown(boolean clockIsRight) throws Exception {
    MeowId id = clockIsRight ? feed.newId() : OF_A_WRONG_CLOCK;
    String path = "/meows?take=3&before=" + id;

    refuseWrites(true);
    feed.publish(new MeowCreated(id, "on its way", Instant.now()));
    HttpResponse<String> refused = service.get(path);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();

    refuseWrites(false);
    await().atMost(SOON).until(() -> service.get(path).statusCode() == 200);
    assertThat(fields(service.get(path), "body")).hasSize(3).doesNotContain("on its way");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refusesAMeowThatNeverWasAtOnce(boolean ofThisMoment) throws Exception {
    MeowId id = ofThisMoment ? feed.newId() : OF_A_WRONG_CLOCK;

    long start = System.nanoTime();
    assertThat(service.get("/meows?take=3&after=" + id).statusCode()).isEqualTo(400);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void refusesAMeowThatNeverWasWhileOthersArePosted() throws Exception {
    try (ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor()) {
      AtomicInteger posted = new AtomicInteger();
      ScheduledFuture<?> posting =
          thread.scheduleAtFixedRate(
              () -> posted.addAndGet(publishOne()), 0, 10, TimeUnit.MILLISECONDS);
      for (int i = 0; i < 10; i++) {
        int before = posted.get();
        await().atMost(SOON).until(() -> posted.get() > before);
        assertThat(service.get("/meows?take=3&before=" + feed.newId()).statusCode()).isEqualTo(400);
      }
      posting.cancel(false);
    }
  }

  private int publishOne() {
    try {
      return feed.publish(1).size();
    } catch (IOException | JetStreamApiException e) {
      throw new AssertionError(e);
    }
  }

  private void refuseWrites(boolean refuse) throws Exception {
    put("/meows/_settings", "{\"index.blocks.write\": " + refuse + "}", 200);
  }

  private void index(MeowDocument document) throws Exception {
    put(
        "/meows/_create/" + document.id() + "?refresh=true",
        JsonMapper.shared().writeValueAsString(document),
        201);
  }

  private void put(String path, String body, int status) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(elasticsearch.url() + path))
                  .header("Content-Type", "application/json")
                  .PUT(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }
  }
}
