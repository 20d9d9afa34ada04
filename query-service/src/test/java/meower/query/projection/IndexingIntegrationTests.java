package meower.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.ConsumerContext;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import meower.query.MeowFeed;
import meower.query.RunningService;
import meower.query.index.MeowIndex;
import meower.schema.DeadLetterStream;
import meower.schema.MeowCreated;
import meower.schema.MeowId;
import meower.schema.MeowStream;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IndexingIntegrationTests {

  private final TestNats nats = TestServers.nats();
  private final TestElasticsearch elasticsearch = TestServers.elasticsearch();
  private final List<RunningService> services = new ArrayList<>();
  private MeowFeed feed;

  @BeforeEach
  void begin() throws Exception {
    feed = MeowFeed.begin(nats, elasticsearch);
  }

  @AfterEach
  void end() {
    services.forEach(RunningService::close);
    feed.close();
  }

  @Test
  void indexesEachMeowOnceThoughItIsDeliveredTwice() throws Exception {
    RunningService service = start();
    MeowCreated meow = new MeowCreated(feed.newId(), "only once", Instant.now());
    feed.publish(meow);
    await().untilAsserted(() -> assertThat(service.timeline()).hasSize(1));
    feed.publish(meow);
    String last = feed.publish("last");
    await()
        .untilAsserted(
            () -> assertThat(service.timeline()).containsExactly(last, meow.id().value()));
    assertThat(service.counted("meower.index.repeated")).isEqualTo(1);
    assertThat(service.counted("meower.index.indexed")).isEqualTo(2);
  }

  @Test
  void indexesAMeowOnceThoughABatchHasItTwice() throws Exception {
    MeowCreated meow = new MeowCreated(feed.newId(), "only once", Instant.now());
    feed.publish(meow);
    feed.publish(meow);
    RunningService service = start();
    await().untilAsserted(() -> assertThat(service.counted("meower.index.repeated")).isOne());
    await().untilAsserted(() -> assertThat(service.timeline()).containsExactly(meow.id().value()));
  }

  @Test
  void acknowledgesOnlyAfterElasticsearchHasIt() throws Exception {
    RunningService service = start("--meower.index.check-every=1h");
    List<String> early = feed.publish(3);
    await().untilAsserted(() -> assertThat(service.timeline()).isEqualTo(early));
    elasticsearch.kill();
    List<String> late = feed.publish(30);
    assertThat(service.get("/meows").statusCode()).isEqualTo(503);
    await().untilAsserted(() -> assertThat(service.counted("meower.index.retried")).isPositive());
    assertThat(consumer().getAckFloor().getStreamSequence()).isEqualTo(3);
    assertThat(service.measured("meower.index.lag")).isEqualTo(30);
    elasticsearch.start();
    await()
        .untilAsserted(
            () -> assertThat(service.timeline()).startsWith(late.getFirst()).hasSize(33));
    assertThat(service.timeline()).containsAll(early).containsAll(late);
    await().untilAsserted(() -> assertThat(service.measured("meower.index.lag")).isZero());
    assertThat(service.counted("meower.index.indexed")).isEqualTo(33);
  }

  @Test
  void parksAMessageThatIsNoEventAndGoesOn() throws Exception {
    RunningService service = start();
    String before = feed.publish("before");
    feed.publishRaw("no event");
    feed.publishRaw(event(feed.newId(), "after the end of time", "+12000-01-01T00:00:00Z"));
    String after = feed.publish("after");
    await().untilAsserted(() -> assertThat(service.timeline()).containsExactly(after, before));
    assertThat(service.counted("meower.index.parked")).isEqualTo(2);
    List<MessageInfo> letters = feed.deadLetters();
    assertThat(letters).hasSize(2);
    MessageInfo letter = letters.getFirst();
    assertThat(letter.getData()).asString().isEqualTo("no event");
    assertThat(letter.getSubject()).matches("dead-letter\\.meow\\.created\\.[0-9a-z]+-2");
    Headers headers = Objects.requireNonNull(letter.getHeaders());
    assertThat(headers.getFirst(DeadLetterStream.POSITION)).endsWith("-2");
    assertThat(headers.getFirst(DeadLetterStream.CONSUMER)).isEqualTo("indexer");
    assertThat(headers.getFirst(DeadLetterStream.REASON)).startsWith("not a meow");
    assertThat(consumer().getAckFloor().getStreamSequence()).isEqualTo(4);
  }

  @Test
  void sharesTheWorkAmongInstances() throws Exception {
    RunningService one = start();
    RunningService other = start();
    List<String> meows = feed.publish(2_000);
    await().untilAsserted(() -> assertThat(one.timeline()).isEqualTo(meows));
    assertThat(other.timeline()).isEqualTo(meows);
    double indexedByOne = one.counted("meower.index.indexed");
    assertThat(indexedByOne).isPositive();
    assertThat(indexedByOne + other.counted("meower.index.indexed")).isEqualTo(2_000);
    assertThat(one.counted("meower.index.repeated")).isZero();
  }

  @Test
  void continuesAfterNatsWasKilled() throws Exception {
    RunningService service = start();
    List<String> early = feed.publish(20);
    await().untilAsserted(() -> assertThat(service.timeline()).isEqualTo(early));
    nats.kill();
    assertThat(service.timeline()).isEqualTo(early);
    nats.start();
    await().until(() -> feed.connection().getStatus().name().equals("CONNECTED"));
    String late = feed.publish("late");
    await().untilAsserted(() -> assertThat(service.timeline()).startsWith(late).hasSize(21));
  }

  @Test
  void startsBeforeNatsAndElasticsearch() throws Exception {
    feed.publish(5);
    nats.stop();
    elasticsearch.stop();
    RunningService service = start();
    assertThat(service.get("/livez").statusCode()).isEqualTo(200);
    assertThat(service.get("/readyz").statusCode()).isEqualTo(503);
    assertThat(service.get("/meows").statusCode()).isEqualTo(503);
    assertThat(service.search("meow").statusCode()).isEqualTo(503);
    nats.start();
    elasticsearch.start();
    await().untilAsserted(() -> assertThat(service.timeline()).hasSize(5));
    assertThat(service.get("/readyz").statusCode()).isEqualTo(200);
    elasticsearch.pause();
    assertThat(service.get("/readyz").statusCode()).isEqualTo(200);
    elasticsearch.resume();
  }

  @Test
  void takesOverWhatADeadInstanceHeld() throws Exception {
    RunningService first = start("--meower.index.acknowledge-within=3s");
    await().until(() -> !consumers().isEmpty());
    String consumer = consumer().getName();
    first.close();
    List<String> meows = feed.publish(10);
    ConsumerContext held =
        feed.connection().getStreamContext(MeowStream.NAME).getConsumerContext(consumer);
    for (int i = 0; i < 10; i++) {
      assertThat(held.next(1_000)).isNotNull();
    }
    RunningService second = start("--meower.index.acknowledge-within=3s");
    await().untilAsserted(() -> assertThat(second.timeline()).isEqualTo(meows));
  }

  @Test
  void keepsABatchThatElasticsearchIsSlowWith() throws Exception {
    String[] settings = {
      "--meower.index.acknowledge-within=1s",
      "--meower.index.write-timeout=20s",
      "--meower.index.check-every=1h"
    };
    RunningService one = start(settings);
    RunningService other = start(settings);
    String early = feed.publish("early");
    await().untilAsserted(() -> assertThat(one.timeline()).containsExactly(early));
    // Both have done what they ask Elasticsearch at their start.
    await().until(() -> consumer().getNumWaiting() == 2);
    elasticsearch.pause();
    try {
      feed.publish(10);
      await().until(() -> consumer().getNumAckPending() > 0);
      await()
          .during(Duration.ofSeconds(4))
          .atMost(Duration.ofSeconds(10))
          .until(() -> consumer().getRedelivered() == 0);
    } finally {
      elasticsearch.resume();
    }
    await().untilAsserted(() -> assertThat(one.timeline()).hasSize(11));
    for (RunningService service : services) {
      assertThat(service.counted("meower.index.repeated")).isZero();
      assertThat(service.counted("meower.index.retried")).isZero();
    }
    assertThat(other.timeline()).hasSize(11);
  }

  @Test
  void givesBackWhatItHoldsWhenItStops() throws Exception {
    List<String> meows = feed.publish(3_000);
    RunningService first =
        start("--meower.index.acknowledge-within=60s", "--meower.index.batch-size=50");
    await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> first.counted("meower.index.indexed") > 0);
    first.close();
    RunningService second = start("--meower.index.acknowledge-within=60s");
    await().untilAsserted(() -> assertThat(second.timeline()).isEqualTo(meows));
    assertThat(second.counted("meower.index.repeated")).isZero();
  }

  @Test
  void writesSeveralBatchesAtOnceInABacklog() throws Exception {
    int meows = 5_000;
    feed.publish(meows);
    RunningService service = start("--meower.index.batch-size=50", "--meower.index.writers=3");
    await()
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> assertThat(consumer().getNumAckPending()).isGreaterThan(50));
    await().until(() -> service.counted("meower.index.indexed") == meows);
    assertThat(service.counted("meower.index.repeated")).isZero();
    assertThat(service.timeline()).hasSize(meows).doesNotHaveDuplicates();
  }

  @Test
  void fillsTheIndexAgainWhenElasticsearchHasLostIt() throws Exception {
    RunningService service = start();
    List<String> meows = feed.publish(10);
    await().untilAsserted(() -> assertThat(service.timeline()).isEqualTo(meows));
    MeowFeed.deleteIndexes(elasticsearch);
    await().untilAsserted(() -> assertThat(service.timeline()).isEqualTo(meows));
  }

  @Test
  void followsAStreamThatWasMadeAnew() throws Exception {
    RunningService service = start();
    feed.publish(10);
    await().untilAsserted(() -> assertThat(service.timeline()).hasSize(10));
    feed.deleteStreams();
    feed.createStream();
    List<String> meows = feed.publish(4);
    await().untilAsserted(() -> assertThat(service.timeline()).isEqualTo(meows));
  }

  private RunningService start(String... settings) {
    RunningService service = RunningService.start(nats, elasticsearch, settings);
    services.add(service);
    return service;
  }

  private ConsumerInfo consumer() throws Exception {
    List<ConsumerInfo> consumers = consumers();
    assertThat(consumers).hasSize(1);
    return consumers.getFirst();
  }

  /** Those that fill an index; the head of the timeline has others. */
  private List<ConsumerInfo> consumers() throws Exception {
    return feed.connection().jetStreamManagement().getConsumers(MeowStream.NAME).stream()
        .filter(consumer -> MeowIndex.isConsumer(consumer.getName()))
        .toList();
  }

  private static String event(MeowId id, String body, String createdAt) {
    return "{\"id\":\"%s\",\"body\":\"%s\",\"created_at\":\"%s\"}".formatted(id, body, createdAt);
  }
}
