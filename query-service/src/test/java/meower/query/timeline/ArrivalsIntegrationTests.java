package meower.query.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import meower.query.MeowFeed;
import meower.query.RunningService;
import meower.schema.MeowCreated;
import meower.schema.MeowId;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program reads its own write. */
class ArrivalsIntegrationTests {

  private final TestNats nats = TestServers.nats();
  private final TestElasticsearch elasticsearch = TestServers.elasticsearch();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private MeowFeed feed;
  private RunningService service;
  private RunningService other;

  @BeforeEach
  void begin() throws Exception {
    feed = MeowFeed.begin(nats, elasticsearch);
    service = RunningService.start(nats, elasticsearch);
    other = RunningService.start(nats, elasticsearch);
    feed.publish(3);
    await().untilAsserted(() -> assertThat(other.timeline()).hasSize(3));
    await().untilAsserted(() -> assertThat(service.timeline()).hasSize(3));
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
    service.close();
    other.close();
    feed.close();
  }

  @Test
  void answersAsSoonAsTheTimelineHasTheMeowWhicheverInstanceIndexesIt() throws Exception {
    for (int i = 0; i < 10; i++) {
      MeowId id = feed.newId();
      Future<HttpResponse<String>> one = ask(service, id, "5s");
      Future<HttpResponse<String>> another = ask(other, id, "5000ms");
      feed.publish(new MeowCreated(id, "read your write", Instant.now()));
      // Sooner than when their timeout ends: then they would look for it in any case.
      assertThat(one.get(4, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(another.get(4, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(RunningService.fields(service.get("/meows?take=1"), "id"))
          .containsExactly(id.value());
    }
  }

  @Test
  void answers404WhenTheTimeIsOver() throws Exception {
    long start = System.nanoTime();
    assertThat(ask(service, feed.newId(), "300ms").get().statusCode()).isEqualTo(404);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(300), Duration.ofSeconds(4));
  }

  @Test
  void answers503BeyondAThousandWhoWait() throws Exception {
    List<Future<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < 1_050; i++) {
      all.add(ask(service, feed.newId(), "5s"));
    }
    int refused = 0;
    for (Future<HttpResponse<String>> one : all) {
      HttpResponse<String> answer = one.get();
      assertThat(answer.statusCode()).isIn(404, 503);
      if (answer.statusCode() == 503) {
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        refused++;
      }
    }
    assertThat(refused).isPositive();
    assertThat(ask(service, feed.newId(), "1ms").get().statusCode()).isEqualTo(404);
  }

  @Test
  void finishesARequestThatWaitsWhenItIsStopped() throws Exception {
    MeowId id = feed.newId();
    Future<HttpResponse<String>> waits = ask(service, id, "5s");
    assertThat(ask(service, feed.newId(), "500ms").get().statusCode()).isEqualTo(404);
    Future<?> stopped = threads.submit(service::close);
    feed.publish(new MeowCreated(id, "posted while it stops", Instant.now()));
    assertThat(waits.get().statusCode()).isEqualTo(200);
    stopped.get();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "5001ms", "6s", "-1s", "s", "1m", "99999ms", "%F0%9F%90%88"})
  void namesTheParameterThatIsWrong(String wait) throws Exception {
    HttpResponse<String> answer = service.get("/meows/" + feed.newId() + "?wait=" + wait);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(RunningService.json(answer).path("parameter").asString()).isEqualTo("wait");
  }

  private Future<HttpResponse<String>> ask(RunningService instance, MeowId id, String wait) {
    return threads.submit(() -> instance.get("/meows/" + id + "?wait=" + wait));
  }
}
