package meower.query.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import meower.query.MeowFeed;
import meower.query.RunningService;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** What is found among the newest meows, in memory, is what the index finds, in its order. */
class NewestFoundIntegrationTests {

  /** So many that more are found than are counted. */
  private static final int MEOWS = 2_400;

  private static final List<String> WORDS =
      List.of(
          "cat",
          "cats",
          "the",
          "red",
          "house",
          "Café",
          "C++",
          "don’t",
          "東京タワー",
          "#zqtag",
          "#zqtags",
          "breakfast",
          "brekfast",
          "🐈");

  private static final List<String> QUERIES =
      List.of(
          "cat",
          "cat ",
          "CATS",
          "the red",
          "red the ",
          "#zqtag",
          "#zqtag ",
          "cafe",
          "breakfast",
          "\"red house\"",
          "c++",
          "dont",
          "東京",
          "東",
          "🐈 cat",
          "the cafe house",
          "the house cafe ");

  private final Random random = new Random(38);

  @Test
  void arePagesOfTheSameResult() throws Exception {
    TestNats nats = TestServers.nats();
    TestElasticsearch elasticsearch = TestServers.elasticsearch();
    try (MeowFeed feed = MeowFeed.begin(nats, elasticsearch);
        RunningService index = RunningService.start(nats, elasticsearch);
        RunningService memory =
            RunningService.start(nats, elasticsearch, "--meower.timeline.newest=1000")) {
      fill(feed);
      String last = feed.publish("after all");
      for (RunningService service : List.of(index, memory)) {
        await().untilAsserted(() -> assertThat(first(service)).isEqualTo(last));
      }
      SoftAssertions.assertSoftly(
          all -> pages().forEach(page -> compare(all, page, index, memory)));
      assertThat(index.counted("meower.search.answered")).isZero();
      assertThat(memory.counted("meower.search.answered")).isGreaterThan(60);
    }
  }

  private void fill(MeowFeed feed) throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < MEOWS; i++) {
      ids.add(feed.publish(text()));
    }
    for (int i = 0; i < 100; i++) {
      feed.edit(ids.get(random.nextInt(MEOWS / 2)), 2, text());
      feed.edit(ids.get(MEOWS - 300 + 2 * i), 2, text());
      feed.delete(ids.get(MEOWS - 299 + 2 * i), 2);
    }
  }

  private String text() {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      words.add(WORDS.get(random.nextInt(WORDS.size())));
    }
    return String.join(" ", words);
  }

  private static List<String> pages() {
    return QUERIES.stream()
        .map(query -> URLEncoder.encode(query, StandardCharsets.UTF_8))
        .flatMap(query -> Stream.of(query, query + "&sort=newest"))
        .flatMap(query -> Stream.of(query, query + "&skip=7", query + "&skip=40"))
        .map(query -> "/search?take=7&query=" + query)
        .toList();
  }

  private static void compare(
      SoftAssertions all, String page, RunningService index, RunningService memory) {
    try {
      HttpResponse<String> expected = index.get(page);
      all.assertThat(expected.statusCode()).isEqualTo(200);
      for (int i = 0; i < 2; i++) {
        HttpResponse<String> answer = memory.get(page);
        all.assertThat(answer.body()).as(page).isEqualTo(expected.body());
        all.assertThat(said(answer)).as(page).isEqualTo(said(expected));
      }
    } catch (Exception e) {
      all.fail(page, e);
    }
  }

  private static List<Optional<String>> said(HttpResponse<String> answer) {
    return Stream.of("Meower-Total", "Meower-Total-Relation", "Meower-Position", "Link")
        .map(answer.headers()::firstValue)
        .toList();
  }

  private static String first(RunningService service) throws Exception {
    List<String> ids = RunningService.fields(service.get("/search?query=after"), "id");
    return ids.isEmpty() ? "" : ids.getFirst();
  }
}
