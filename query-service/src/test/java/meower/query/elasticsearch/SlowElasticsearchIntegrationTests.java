package meower.query.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import meower.query.MeowFeed;
import meower.query.RunningService;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An Elasticsearch that hangs costs readers an honest answer, and the service nothing. */
class SlowElasticsearchIntegrationTests {

  private static final int CLIENTS = 200;
  private static final int MAX_READS = 100;

  private final TestNats nats = TestServers.nats();
  private final TestElasticsearch elasticsearch = TestServers.elasticsearch();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();
  private MeowFeed feed;
  private RunningService service;

  private record Answer(int status, boolean saysWhenToComeBack, Duration after) {}

  @BeforeEach
  void begin() throws Exception {
    feed = MeowFeed.begin(nats, elasticsearch);
    service =
        RunningService.start(nats, elasticsearch, "--meower.elasticsearch.max-reads=" + MAX_READS);
    feed.publish(20);
    await().untilAsserted(() -> assertThat(service.timeline()).hasSize(20));
  }

  @AfterEach
  void end() {
    elasticsearch.resume();
    service.close();
    feed.close();
  }

  @Test
  void answersEverybodyInTimeWhileElasticsearchHangsAndRecoversAtOnce() throws Exception {
    try (ScheduledExecutorService clients =
        Executors.newScheduledThreadPool(CLIENTS, Thread.ofVirtual().factory())) {
      elasticsearch.pause();
      int threads = Thread.activeCount();
      for (int i = 0; i < CLIENTS; i++) {
        Future<?> _ = clients.scheduleWithFixedDelay(this::read, 0, 2, TimeUnit.SECONDS);
      }
      await()
          .during(Duration.ofSeconds(15))
          .atMost(Duration.ofSeconds(40))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(() -> assertThat(service.get("/livez").statusCode()).isEqualTo(200));
      assertThat(Thread.activeCount()).isLessThan(threads + 50);
      elasticsearch.resume();
      await()
          .atMost(Duration.ofSeconds(15))
          .untilAsserted(() -> assertThat(service.get("/meows").statusCode()).isEqualTo(200));
      clients.shutdown();
    }
    assertThat(failures).isEmpty();
    assertThat(answers).hasSizeGreaterThan(CLIENTS);
    assertThat(answers).allSatisfy(SlowElasticsearchIntegrationTests::isHonestAndInTime);
    assertThat(answers).anyMatch(a -> a.status() == 503 && a.after().toMillis() < 1_000);
  }

  private static void isHonestAndInTime(Answer answer) {
    assertThat(answer.status()).isIn(200, 503);
    assertThat(answer.saysWhenToComeBack()).isEqualTo(answer.status() == 503);
    assertThat(answer.after()).isLessThan(Duration.ofSeconds(9));
  }

  private void read() {
    long start = System.nanoTime();
    try {
      HttpResponse<String> answer = service.get("/meows");
      answers.add(
          new Answer(
              answer.statusCode(),
              answer.headers().firstValue("Retry-After").isPresent(),
              Duration.ofNanos(System.nanoTime() - start)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      failures.add(e);
    }
  }
}
