package meower.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import meower.standalone.stack.Part;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an acknowledgement means, whatever happens behind it. */
class PromiseIntegrationTests {

  private static final Duration RECOVERY = Duration.ofSeconds(60);

  private final RunningMeower meower = RunningMeower.get();
  private final Api api = new Api(meower.url());

  @AfterEach
  void restore() {
    meower.restore();
  }

  @Test
  void everybodySeesEachMeowOnceAndInTheSameOrder() throws Exception {
    List<FeedReader> readers = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        readers.add(FeedReader.connect(meower.url()));
      }
      List<String> posted = postFromClients("everybody", 20, 25);

      await()
          .atMost(RECOVERY)
          .until(() -> readers.stream().allMatch(r -> r.meows("everybody").size() >= 500));
      List<Api.Meow> feed = readers.getFirst().meows("everybody");
      assertThat(feed.stream().map(Api.Meow::body)).containsExactlyInAnyOrderElementsOf(posted);
      assertThat(readers).allSatisfy(r -> assertThat(r.meows("everybody")).isEqualTo(feed));
      assertEachClientKeepsItsOrder(feed, 20);
      awaitReadModel("everybody", feed);
    } finally {
      readers.forEach(FeedReader::close);
    }
  }

  @Test
  void noMeowIsLostOrDoubledWhileNatsIsAway() throws Exception {
    try (FeedReader reader = FeedReader.connect(meower.url())) {
      meower.stack().kill(Part.NATS);
      List<String> posted = postFromClients("natsaway", 4, 50);
      meower.stack().start(Part.NATS);

      await().atMost(RECOVERY).until(() -> reader.meows("natsaway").size() >= 200);
      List<Api.Meow> feed = reader.meows("natsaway");
      assertThat(feed.stream().map(Api.Meow::body)).containsExactlyInAnyOrderElementsOf(posted);
      assertEachClientKeepsItsOrder(feed, 4);
      awaitReadModel("natsaway", feed);
    }
  }

  @Test
  void noMeowIsLostOrDoubledWhenTheQueryServiceIsKilled() throws Exception {
    try (FeedReader reader = FeedReader.connect(meower.url());
        ExecutorService killer = Executors.newSingleThreadExecutor()) {
      Future<?> killed = killer.submit(() -> killWhenSeen(reader, "querykilled", 100));
      List<String> posted = postFromClients("querykilled", 10, 50);
      killed.get();
      meower.stack().start(Part.QUERY);

      await().atMost(RECOVERY).until(() -> reader.meows("querykilled").size() >= 500);
      List<Api.Meow> feed = reader.meows("querykilled");
      assertThat(feed.stream().map(Api.Meow::body)).containsExactlyInAnyOrderElementsOf(posted);
      awaitReadModel("querykilled", feed);
    }
  }

  @Test
  void noMeowIsLostOrDoubledWhenTheCommandServiceIsKilled() throws Exception {
    try (FeedReader reader = FeedReader.connect(meower.url())) {
      List<String> posted = postFromClients("commandkilled", 10, 20);
      meower.stack().kill(Part.COMMAND);
      meower.stack().start(Part.COMMAND);

      await().atMost(RECOVERY).until(() -> reader.meows("commandkilled").size() >= 200);
      List<Api.Meow> feed = reader.meows("commandkilled");
      assertThat(feed.stream().map(Api.Meow::body)).containsExactlyInAnyOrderElementsOf(posted);
      awaitReadModel("commandkilled", feed);
    }
  }

  @Test
  void postsAndLiveFeedGoOnWhileElasticsearchIsAway() throws Exception {
    try (FeedReader reader = FeedReader.connect(meower.url())) {
      meower.stack().kill(Part.ELASTICSEARCH);
      List<String> posted = postFromClients("searchaway", 5, 20);

      await().atMost(RECOVERY).until(() -> reader.meows("searchaway").size() >= 100);
      await()
          .atMost(RECOVERY)
          .until(() -> bodies(Api.meows(api.get("/meows?take=100"))).containsAll(posted));
      assertUnavailable("/search?query=searchaway");

      meower.stack().start(Part.ELASTICSEARCH);
      List<Api.Meow> feed = reader.meows("searchaway");
      assertThat(feed.stream().map(Api.Meow::body)).containsExactlyInAnyOrderElementsOf(posted);
      awaitReadModel("searchaway", feed);
    }
  }

  @Test
  void aPostIsRefusedInTimeWhilePostgresIsAwayAndTakenAfterwards() throws Exception {
    meower.stack().pause(Part.POSTGRES);
    long start = System.nanoTime();
    assertThat(api.post("postgresaway too early").statusCode()).isEqualTo(503);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
    meower.stack().resume(Part.POSTGRES);

    await().atMost(RECOVERY).until(() -> api.post("postgresaway at last").statusCode() == 201);
    await()
        .atMost(RECOVERY)
        .until(() -> bodies(api.search("postgresaway")).contains("postgresaway at last"));
  }

  @Test
  void aRestartOfEverythingKeepsEveryMeow() throws Exception {
    List<String> posted = postFromClients("restartall", 5, 20);
    for (Part part : Part.values()) {
      meower.stack().kill(part);
    }
    meower.restore();

    await()
        .atMost(RECOVERY)
        .ignoreExceptions()
        .untilAsserted(() ->
            assertThat(bodies(api.search("restartall")))
                .containsExactlyInAnyOrderElementsOf(posted));
  }

  private Void killWhenSeen(FeedReader reader, String word, int count) {
    await().atMost(RECOVERY).until(() -> reader.meows(word).size() >= count);
    meower.stack().kill(Part.QUERY);
    return null;
  }

  /** Each client posts one after the other; returns everything that was answered with 201. */
  private List<String> postFromClients(String word, int clients, int each) throws Exception {
    List<String> posted = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(clients)) {
      List<Future<List<String>>> answers = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        String prefix = word + " client " + client + " number ";
        answers.add(pool.submit(() -> postInTurn(prefix, each)));
      }
      for (Future<List<String>> answer : answers) {
        posted.addAll(answer.get());
      }
    }
    return posted;
  }

  private List<String> postInTurn(String prefix, int count) throws Exception {
    List<String> posted = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      assertThat(api.post(prefix + i).statusCode()).isEqualTo(201);
      posted.add(prefix + i);
    }
    return posted;
  }

  private static void assertEachClientKeepsItsOrder(List<Api.Meow> feed, int clients) {
    for (int client = 0; client < clients; client++) {
      String mark = " client " + client + " ";
      List<Integer> numbers =
          feed.stream()
              .map(Api.Meow::body)
              .filter(b -> b.contains(mark))
              .map(b -> Integer.parseInt(b.substring(b.lastIndexOf(' ') + 1)))
              .toList();
      assertThat(numbers).isSorted().isNotEmpty();
    }
  }

  /** The timeline is the feed backwards, and search finds the same set. */
  private void awaitReadModel(String word, List<Api.Meow> feed) {
    await()
        .atMost(RECOVERY)
        .ignoreExceptions()
        .untilAsserted(() ->
            assertThat(api.timeline(200).stream().filter(m -> m.body().contains(word)).toList())
                .isEqualTo(feed.reversed()));
    await()
        .atMost(RECOVERY)
        .ignoreExceptions()
        .untilAsserted(
            () -> assertThat(api.search(word)).containsExactlyInAnyOrderElementsOf(feed));
  }

  private void assertUnavailable(String path) throws Exception {
    var answer = api.get(path);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  private static List<String> bodies(List<Api.Meow> meows) {
    return meows.stream().map(Api.Meow::body).toList();
  }
}
