package meower.query.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import meower.query.MeowFeed;
import meower.query.RunningService;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.Test;

/** Whoever asks again is answered as the index would, whatever has come meanwhile. */
class KnownAnswersIntegrationTests {

  private static final int ROUNDS = 15;

  /** Shorter than answers are remembered. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final int EVENTS_OF_A_ROUND = 3;

  private static final List<String> WORDS =
      List.of("breakfast", "brekfast", "breakfasts", "tower", "Turm", "C++", "#zqtag", "東京", "cat");

  private static final List<String> QUERIES =
      List.of(
          "breakfast",
          "break",
          "brekfast ",
          "tower cat",
          "\"cat tower\"",
          "#zqtag",
          "c++",
          "東京",
          "nobodyhasthis");

  private final Random random = new Random(41);
  private final List<String> meows = new ArrayList<>();
  private final Map<String, Integer> revisions = new HashMap<>();

  @Test
  void areTheAnswersOfTheIndex() throws Exception {
    try (IndexAndMemory instances = IndexAndMemory.start()) {
      long last = 0;
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < EVENTS_OF_A_ROUND; i++) {
          happen(instances.feed());
          last++;
        }
        instances.awaitPosition(last);
        for (String page : pages()) {
          instances.compare(page);
        }
      }
      assertThat(instances.index().counted("meower.search.repeated")).isZero();
      assertThat(instances.memory().counted("meower.search.repeated"))
          .isGreaterThan(pages().size() * ROUNDS);
    }
  }

  /** What comes meanwhile this instance would not hear of. */
  @Test
  void areNoneWhileNatsIsAway() throws Exception {
    TestNats nats = TestServers.nats();
    TestElasticsearch elasticsearch = TestServers.elasticsearch();
    try (MeowFeed feed = MeowFeed.begin(nats, elasticsearch);
        RunningService service = RunningService.start(nats, elasticsearch, IndexAndMemory.NEWEST)) {
      feed.publish("tower");
      IndexAndMemory.awaitPosition(service, 1);
      String page = "/search?query=nobodyhasthis";
      assertThat(askedOfMemory(service, page)).isZero();
      assertThat(askedOfMemory(service, page)).isEqualTo(1);
      nats.stop();

      await().atMost(SOON).until(() -> askedOfMemory(service, page) == 0);
    } finally {
      nats.start();
    }
  }

  private static double askedOfMemory(RunningService service, String page) throws Exception {
    double before = service.counted("meower.search.repeated");
    assertThat(service.get(page).statusCode()).isEqualTo(200);
    return service.counted("meower.search.repeated") - before;
  }

  private void happen(MeowFeed feed) throws Exception {
    int kind = random.nextInt(5);
    if (meows.isEmpty() || kind < 3) {
      meows.add(feed.publish(text()));
      return;
    }
    String chosen = meows.get(random.nextInt(meows.size()));
    int revision = revisions.merge(chosen, 1, Integer::sum) + 1;
    if (kind == 3) {
      feed.edit(chosen, revision, text());
    } else {
      feed.delete(chosen, revision);
      meows.remove(chosen);
    }
  }

  private String text() {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      words.add(random.nextInt(4) == 0 ? WORDS.get(random.nextInt(WORDS.size())) : "something");
    }
    return String.join(" ", words);
  }

  private static List<String> pages() {
    return QUERIES.stream()
        .map(query -> URLEncoder.encode(query, StandardCharsets.UTF_8))
        .flatMap(query -> Stream.of(query, query + "&sort=newest", query + "&take=2&skip=1"))
        .map(query -> "/search?query=" + query)
        .toList();
  }
}
