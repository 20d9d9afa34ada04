package meower.query.search;

import static meower.query.RunningService.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import meower.query.MeowFeed;
import meower.query.RunningService;
import meower.search.SearchQuery;
import meower.search.SearchedText;
import meower.search.StandingSearches;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import meower.text.TextRange;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What matches as it comes is what {@code GET /search} finds afterwards, marked in the same way.
 *
 * <p>All meows are in one index. That a query finds one of them has nothing to do with the others,
 * as long as no word of a query stands for more than 30 words of the index, where Elasticsearch
 * would leave some out: the texts are made of few words, and of few wrong spellings of each.
 */
class StandingSearchIntegrationTests {

  private static final int MEOWS = 2_000;
  private static final int QUERIES = 300;

  private final Random random = new Random(30);

  @Test
  void matchesWhatTheSearchFinds() throws Exception {
    TestNats nats = TestServers.nats();
    TestElasticsearch elasticsearch = TestServers.elasticsearch();
    try (MeowFeed feed = MeowFeed.begin(nats, elasticsearch);
        RunningService service = RunningService.start(nats, elasticsearch)) {
      Map<String, String> meows = new LinkedHashMap<>();
      for (int i = 0; i < MEOWS; i++) {
        String body = TypedTexts.body(random);
        meows.put(feed.publish(body), body);
      }
      Set<String> queries = new LinkedHashSet<>();
      List<String> bodies = List.copyOf(meows.values());
      while (queries.size() < QUERIES) {
        String query = TypedTexts.query(random, bodies.get(random.nextInt(MEOWS)));
        if (!SearchQuery.parse(query).parts().isEmpty()) {
          queries.add(query);
        }
      }
      Map<String, Map<String, List<TextRange>>> matching = matching(queries, meows);
      String last = meows.keySet().stream().reduce((_, id) -> id).orElseThrow();
      await().untilAsserted(() -> assertThat(service.timeline()).startsWith(last));
      int found = 0;
      for (String query : queries) {
        Map<String, List<TextRange>> matched = matching.getOrDefault(query, Map.of());
        assertThat(matched).as(query).isEqualTo(search(service, query));
        found += matched.size();
      }
      assertThat(found).isGreaterThan(MEOWS);
    }
  }

  private static Map<String, Map<String, List<TextRange>>> matching(
      Set<String> queries, Map<String, String> meows) {
    StandingSearches<String> searches = new StandingSearches<>();
    Map<String, Map<String, List<TextRange>>> matching = new HashMap<>();
    queries.forEach(query -> searches.add(query, SearchQuery.parse(query)));
    meows.forEach((id, body) ->
        searches
            .matching(SearchedText.of(body))
            .forEach(match ->
                matching
                    .computeIfAbsent(match.key(), _ -> new HashMap<>())
                    .put(id, match.matches())));
    return matching;
  }

  /** Returns all that is found. */
  private static Map<String, List<TextRange>> search(RunningService service, String query)
      throws Exception {
    Map<String, List<TextRange>> found = new HashMap<>();
    Optional<String> next =
        Optional.of(
            "/search?take=500&sort=newest&query="
                + URLEncoder.encode(query, StandardCharsets.UTF_8));
    while (next.isPresent()) {
      HttpResponse<String> answer = service.get(next.get());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      for (JsonNode meow : json(answer)) {
        found.put(meow.path("id").asString(), ranges(meow.path("matches")));
      }
      next = SearchCasesIntegrationTests.next(answer);
    }
    return found;
  }

  private static List<TextRange> ranges(JsonNode matches) {
    List<TextRange> ranges = new ArrayList<>();
    for (JsonNode match : matches) {
      ranges.add(new TextRange(match.path("start").asInt(), match.path("end").asInt()));
    }
    return ranges;
  }
}
