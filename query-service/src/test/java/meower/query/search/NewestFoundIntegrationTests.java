package meower.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import meower.query.MeowFeed;
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
    try (IndexAndMemory instances = IndexAndMemory.start()) {
      instances.awaitPosition(fill(instances.feed()));
      SoftAssertions.assertSoftly(
          all -> pages().forEach(page -> all.check(() -> instances.compare(page))));
      assertThat(instances.index().counted("meower.search.answered")).isZero();
      assertThat(instances.memory().counted("meower.search.answered")).isGreaterThan(60);
    }
  }

  /** Returns the sequence of the last event. */
  private long fill(MeowFeed feed) throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < MEOWS; i++) {
      ids.add(feed.publish(text()));
    }
    long last = 0;
    for (int i = 0; i < 100; i++) {
      feed.edit(ids.get(random.nextInt(MEOWS / 2)), 2, text());
      feed.edit(ids.get(MEOWS - 300 + 2 * i), 2, text());
      last = feed.delete(ids.get(MEOWS - 299 + 2 * i), 2);
    }
    return last;
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
}
