package meower.query.timeline;

import static meower.query.RunningService.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import meower.query.MeowFeed;
import meower.query.RunningService;
import meower.query.model.MeowDocument;
import meower.schema.MeowCreated;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Another instance has come further than the one that is asked. */
class TimelineBehindIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int AHEAD = 10;

  private final TestElasticsearch elasticsearch = TestServers.elasticsearch();
  private MeowFeed feed;
  private RunningService service;

  @BeforeEach
  void begin() throws Exception {
    feed = MeowFeed.begin(TestServers.nats(), elasticsearch);
    service = RunningService.start(TestServers.nats(), elasticsearch);
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

  @Test
  void waitsForAMeowThatAnotherInstanceHasShown() throws Exception {
    MeowCreated next = new MeowCreated(feed.newId(), "on its way", Instant.now());
    String path = "/meows?take=3&after=" + next.id();

    HttpResponse<String> refused = service.get(path);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<String>> waits = threads.submit(() -> service.get(path));
      await().during(Duration.ofMillis(200)).atMost(SOON).until(() -> !waits.isDone());
      feed.publish(next);
      assertThat(waits.get().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void refusesAnOldMeowThatNeverWasAtOnce() throws Exception {
    String path = "/meows?take=3&after=3G12Ptjdq1Yd5cJrsHFtjZdYqGU";

    long start = System.nanoTime();
    assertThat(service.get(path).statusCode()).isEqualTo(400);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
  }

  private void index(MeowDocument document) throws Exception {
    URI uri = URI.create(elasticsearch.url() + "/meows/_create/" + document.id() + "?refresh=true");
    String body = JsonMapper.shared().writeValueAsString(document);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(uri)
                  .header("Content-Type", "application/json")
                  .PUT(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
  }
}
