package meower.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Message;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import meower.query.MeowFeed;
import meower.query.RunningService;
import meower.query.index.Mapping;
import meower.query.index.MeowIndex;
import meower.query.model.IndexRequests;
import meower.query.model.IndexStatus;
import meower.query.projection.IndexConsumers;
import meower.schema.MeowCreated;
import meower.schema.MeowStream;
import meower.schema.Position;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another index is filled while the old one serves, and readers notice nothing of it. */
class RebuildIntegrationTests {

  private static final String[] SOON = {
    "--meower.index.check-every=300ms", "--meower.index.delete-after=3s"
  };

  private static final Duration LONG = Duration.ofMinutes(1);

  private final TestNats nats = TestServers.nats();
  private final TestElasticsearch elasticsearch = TestServers.elasticsearch();
  private final HttpClient http = HttpClient.newHttpClient();
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
    http.close();
  }

  @Test
  void rebuildsWhilePostsAndReadsGoOn() throws Exception {
    RunningService one = start();
    RunningService other = start();
    feed.publish(3_000);
    awaitTimeline(one, 3_000);
    awaitTimeline(other, 3_000);
    Readers readers = new Readers(one, other);
    try (ScheduledExecutorService threads = Executors.newScheduledThreadPool(3)) {
      Future<?> _ = threads.scheduleWithFixedDelay(readers::post, 0, 20, TimeUnit.MILLISECONDS);
      Future<?> _ =
          threads.scheduleWithFixedDelay(() -> readers.read(one), 0, 50, TimeUnit.MILLISECONDS);
      Future<?> _ =
          threads.scheduleWithFixedDelay(() -> readers.read(other), 0, 50, TimeUnit.MILLISECONDS);
      String target = rebuild().target();
      assertThat(target).endsWith("-2");
      awaitRead(target);
      await().untilAsserted(() -> assertThat(indexes()).containsExactly(target));
      // Closing lets what is under way end: an interrupted post would be a failure.
    }
    assertThat(readers.failures).isEmpty();
    assertThat(readers.reads.get()).isGreaterThan(20);
    awaitTimeline(one, 3_000 + readers.posted.get());
    await().untilAsserted(() -> assertThat(consumers()).hasSize(1));
  }

  /** Its first writes become visible by the later ones only; none is left when it is read. */
  @Test
  void fillsAnIndexThatIsFarBehind() throws Exception {
    int meows = Math.toIntExact(IndexConsumers.FAR_BEHIND) + 3_000;
    feed.publish(meows);
    RunningService service = start();
    await().atMost(LONG).untilAsserted(() -> assertThat(status().filled()).isEqualTo(meows));
    assertThat(get("/_cat/aliases?h=alias")).doesNotContain("-fill");

    String target = rebuild().target();
    assertThat(get("/_cat/aliases?h=alias")).contains(target + "-fill");
    await().atMost(LONG).untilAsserted(() -> assertThat(status().read()).isEqualTo(target));

    assertThat(count(target)).isEqualTo(meows);
    assertThat(service.counted("meower.index.indexed")).isEqualTo(2.0 * meows);
    assertThat(service.counted("meower.index.retried")).isZero();
    assertThat(get("/_cat/aliases?h=alias")).doesNotContain("-fill");
  }

  @Test
  void goesOnWithARebuildThatWasStoppedInTheMiddle() throws Exception {
    feed.publish(1_000);
    RunningService first = start("--meower.index.batch-size=5");
    awaitTimeline(first, 1_000);
    feed.markRefilling(true);
    String target = rebuild().target();
    await().until(() -> status().filled() > 100);
    first.close();
    services.clear();
    assertThat(count(target)).isBetween(100L, 999L);
    feed.markRefilling(false);
    RunningService second = start();
    assertThat(second.timeline()).hasSize(1_000);
    awaitRead(target);
    assertThat(second.timeline()).hasSize(1_000);
    assertThat(second.counted("meower.index.indexed")).isLessThan(1_000);
  }

  @Test
  void rebuildsByItselfForANewMapping() throws Exception {
    RunningService old = start();
    List<String> meows = feed.publish(50);
    awaitTimeline(old, 50);
    feed.markRefilling(true);
    RunningService newer = startNewer();
    await().untilAsserted(() -> assertThat(indexes()).hasSize(2));
    old.close();
    services.remove(old);
    String fresh = feed.publish("while the new index is filled");
    await().untilAsserted(() -> assertThat(newer.timeline()).startsWith(fresh).hasSize(51));
    assertThat(status().read()).startsWith("meows-v4-");
    feed.markRefilling(false);
    await().untilAsserted(() -> assertThat(status().read()).startsWith("meows-v5-"));
    assertThat(newer.timeline()).containsAll(meows).hasSize(51);
    await().untilAsserted(() -> assertThat(indexes()).hasSize(1));
  }

  @Test
  void leavesAloneWhatANewerVersionHasMade() throws Exception {
    RunningService old = start();
    RunningService newer = startNewer();
    feed.publish(20);
    await().untilAsserted(() -> assertThat(status().read()).startsWith("meows-v5-"));
    await().untilAsserted(() -> assertThat(indexes()).hasSize(1));
    feed.publish(20);
    awaitTimeline(newer, 40);
    awaitTimeline(old, 40);
    assertThat(indexes()).singleElement().asString().startsWith("meows-v5-");
    await().untilAsserted(() -> assertThat(consumers()).hasSize(1));
  }

  @Test
  void keepsTheOldIndexWhenTheNewOneLacksMeows() throws Exception {
    RunningService service = start();
    List<String> meows = feed.publish(100);
    awaitTimeline(service, 100);
    feed.markRefilling(true);
    String lacking = rebuild().target();
    await().until(() -> count(lacking) == 100);
    delete("/" + lacking + "/_doc/" + meows.get(40) + "?refresh=true");
    feed.markRefilling(false);
    await().untilAsserted(() -> assertThat(status().state()).isEqualTo(IndexStatus.State.REFUSED));
    assertThat(service.measured("meower.index.missing")).isEqualTo(1);
    assertThat(status().read()).endsWith("-1");
    assertThat(service.timeline()).isEqualTo(meows);
    String next = rebuild().target();
    assertThat(next).endsWith("-3");
    awaitRead(next);
    assertThat(service.timeline()).isEqualTo(meows);
    assertThat(service.measured("meower.index.missing")).isZero();
  }

  @Test
  void joinsARebuildThatIsUnderWay() throws Exception {
    RunningService service = start();
    feed.publish(10);
    awaitTimeline(service, 10);
    feed.markRefilling(true);
    assertThat(rebuild().target()).isEqualTo(rebuild().target()).endsWith("-2");
  }

  @Test
  void countsParkedAndRepeatedMeowsAsComplete() throws Exception {
    RunningService service = start();
    feed.publish(10);
    feed.publishRaw("no event");
    feed.publishRaw(
        "{\"id\":\"%s\",\"body\":\"far\",\"created_at\":\"+12000-01-01T00:00:00Z\"}"
            .formatted(feed.newId()));
    MeowCreated twice = new MeowCreated(feed.newId(), "twice", Instant.now());
    feed.publish(twice);
    feed.publish(twice);
    awaitTimeline(service, 11);
    awaitRead(rebuild().target());
    awaitTimeline(service, 11);
    assertThat(feed.deadLetters()).hasSize(2);
  }

  @Test
  void showsTheOldTimelineUntilARefilledStreamIsWhole() throws Exception {
    RunningService service = start();
    List<String> meows = feed.publish(40);
    awaitTimeline(service, 40);
    String before = position(service.get("/meows")).toString();
    List<String> oldIndexes = indexes();
    feed.deleteStreams();
    feed.createRefillingStream();
    await().untilAsserted(() -> assertThat(indexes()).hasSize(2));
    List<String> again = new ArrayList<>(feed.publish(25));
    await().until(() -> status().filled() == 25);
    // For some rounds of the keeper, each of which could let readers follow.
    await()
        .during(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(service.timeline()).isEqualTo(meows));
    assertThat(position(service.get("/meows"))).hasToString(before);
    again.addAll(0, feed.publish(20));
    feed.markRefilling(false);
    await().untilAsserted(() -> assertThat(service.timeline()).isEqualTo(again));
    assertThat(position(service.get("/meows")).sequence()).isEqualTo(45);
    await().untilAsserted(() -> assertThat(indexes()).doesNotContainAnyElementsOf(oldIndexes));
    await().untilAsserted(() -> assertThat(consumers()).hasSize(1));
  }

  /** Posts, and reads from two instances; every answer is whole, no position goes back. */
  private final class Readers {

    private final Map<RunningService, Long> highest = new ConcurrentHashMap<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger posted = new AtomicInteger();

    private Readers(RunningService... services) {
      List.of(services).forEach(service -> highest.put(service, 3_000L));
    }

    private void post() {
      attempt(() -> {
        feed.publish("live " + posted.get());
        posted.incrementAndGet();
      });
    }

    private void read(RunningService service) {
      attempt(() -> {
        HttpResponse<String> page = service.get("/meows?take=20");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(RunningService.fields(page, "id")).hasSize(20).doesNotHaveDuplicates();
        long sequence = position(page).sequence();
        assertThat(sequence).isGreaterThanOrEqualTo(highest.put(service, sequence));
        HttpResponse<String> oldest = service.get("/meows?take=1&skip=2999");
        assertThat(RunningService.fields(oldest, "id")).hasSize(1);
        assertThat(service.search("meow").statusCode()).isEqualTo(200);
        reads.incrementAndGet();
      });
    }

    private void attempt(Step step) {
      try {
        step.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception | AssertionError e) {
        failures.add(e);
      }
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws Exception;
  }

  private RunningService start(String... more) {
    return keep(RunningService.start(nats, elasticsearch, settings(more)));
  }

  /**
   * Starts an instance of the version that comes after this one. It has a field more, and one less,
   * which is left out.
   */
  private RunningService startNewer() {
    return keep(
        RunningService.start(
            nats,
            elasticsearch,
            context ->
                context.registerBean(
                    "newer", Mapping.class, () -> new Mapping(5), bean -> bean.setPrimary(true)),
            settings()));
  }

  private RunningService keep(RunningService service) {
    services.add(service);
    return service;
  }

  private static String[] settings(String... more) {
    List<String> all = new ArrayList<>(List.of(SOON));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private IndexStatus rebuild() throws InterruptedException {
    return answer(IndexRequests.REBUILD);
  }

  private IndexStatus status() throws InterruptedException {
    return answer(IndexRequests.STATUS);
  }

  /** An answer without content says in a header what failed, for example while indexes change. */
  private IndexStatus answer(String request) throws InterruptedException {
    Message answer = feed.ask(request, "");
    assertThat(answer.getData()).as("%s", answer.getHeaders()).isNotEmpty();
    return IndexStatus.decode(answer.getData());
  }

  private void awaitRead(String index) {
    await().untilAsserted(() -> assertThat(status().read()).isEqualTo(index));
  }

  private static void awaitTimeline(RunningService service, int size) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(service.timeline()).hasSize(size));
  }

  private List<String> indexes() throws Exception {
    return get("/_cat/indices/meows-v*?h=index").lines().map(String::strip).sorted().toList();
  }

  /** Those that fill an index; the head of the timeline has others. */
  private List<String> consumers() throws Exception {
    return feed.connection().jetStreamManagement().getConsumerNames(MeowStream.NAME).stream()
        .filter(MeowIndex::isConsumer)
        .toList();
  }

  private long count(String index) throws Exception {
    return Long.parseLong(get("/_cat/count/" + index + "?h=count").strip());
  }

  private String get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  private void delete(String path) throws IOException, InterruptedException {
    send(HttpRequest.newBuilder(uri(path)).DELETE().build());
  }

  private URI uri(String path) {
    return URI.create(elasticsearch.url() + path);
  }

  private String send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return Objects.requireNonNull(answer.body());
  }

  private static Position position(HttpResponse<String> answer) {
    return Position.parse(answer.headers().firstValue("Meower-Position").orElseThrow())
        .orElseThrow();
  }
}
