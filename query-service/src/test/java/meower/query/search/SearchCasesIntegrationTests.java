package meower.query.search;

import static meower.query.RunningService.fields;
import static meower.query.RunningService.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import meower.query.MeowFeed;
import meower.query.RunningService;
import meower.search.SearchQuery;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What people write in all scripts; each test has words of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchCasesIntegrationTests {

  private final TestNats nats = TestServers.nats();
  private final TestElasticsearch elasticsearch = TestServers.elasticsearch();
  private MeowFeed feed;
  private RunningService service;

  @BeforeAll
  void begin() throws Exception {
    feed = MeowFeed.begin(nats, elasticsearch);
    service = RunningService.start(nats, elasticsearch);
  }

  @AfterAll
  void end() {
    service.close();
    feed.close();
  }

  @Test
  void findsAndMarksWhatTheTableSays() throws Exception {
    List<SearchCase> cases = SearchCase.all();
    for (String body : cases.stream().map(SearchCase::body).distinct().toList()) {
      feed.publish(body);
    }
    String last = feed.publish("after the table");
    await().untilAsserted(() -> assertThat(service.timeline()).startsWith(last));
    SoftAssertions.assertSoftly(all -> cases.forEach(c -> judge(all, c)));
  }

  @Test
  void whatIsWrittenFindsItself() throws Exception {
    Random random = new Random(16);
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      bodies.add(WrittenTexts.body(random));
      feed.publish(bodies.getLast());
    }
    String last = feed.publish("after what is written");
    await().untilAsserted(() -> assertThat(service.timeline()).startsWith(last));
    for (String body : bodies) {
      for (String query : WrittenTexts.queries(random, body)) {
        if (!SearchQuery.parse(query).parts().isEmpty()) {
          HttpResponse<String> answer =
              service.get("/search?take=500&sort=newest&query=" + encode(query));
          assertThat(fields(answer, "body")).as(query).contains(body);
        }
      }
    }
  }

  private void judge(SoftAssertions all, SearchCase wanted) {
    try {
      Optional<JsonNode> found =
          json(service.get("/search?take=500&query=" + encode(wanted.query())))
              .valueStream()
              .filter(meow -> meow.path("body").asString().equals(wanted.body()))
              .findFirst();
      all.assertThat(found.map(SearchCasesIntegrationTests::marked).orElse(null))
          .as(wanted.toString())
          .isEqualTo(wanted.marked());
    } catch (Exception e) {
      all.fail(wanted.toString(), e);
    }
  }

  private static String encode(String query) {
    return URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  @Test
  void putsWhatIsExactBeforeTheRest() throws Exception {
    String sharp = feed.publish("zqlang C# is a language");
    String plus = feed.publish("zqlang C++ is a language");
    String plain = feed.publish("zqlang C is a language");
    String prefix = feed.publish("zqlang Cobol is a language");
    await().untilAsserted(() -> assertThat(service.timeline()).startsWith(prefix));
    assertThat(fields(service.search("zqlang c++"), "id")).startsWith(plus);
    assertThat(fields(service.search("zqlang C#"), "id")).startsWith(sharp);
    assertThat(fields(service.search("zqlang c"), "id"))
        .containsExactly(plain, plus, sharp, prefix);
  }

  @Test
  void putsWordsInTheOrderInWhichTheyWereTypedFirst() throws Exception {
    String row = feed.publish("zqrow the red house");
    String apart = feed.publish("zqrow the house that is red");
    await().untilAsserted(() -> assertThat(service.timeline()).startsWith(apart));
    assertThat(fields(service.search("red house zqrow "), "id")).containsExactly(apart, row);
    assertThat(fields(service.search("zqrow the red house "), "id")).containsExactly(row, apart);
  }

  @Test
  void theNextPartsShowEachMeowOnceWhateverIsPostedMeanwhile() throws Exception {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      expected.addFirst(feed.publish("zqwalk " + i));
    }
    await().untilAsserted(() -> assertThat(service.timeline()).startsWith(expected.getFirst()));
    List<String> walked = new ArrayList<>();
    HttpResponse<String> part = service.get("/search?query=zqwalk&take=10");
    for (Optional<String> next = next(part); next.isPresent(); next = next(part)) {
      walked.addAll(fields(part, "id"));
      String newest = feed.publish("zqwalk zqwalk more");
      await().untilAsserted(() -> assertThat(service.timeline()).startsWith(newest));
      part = service.get(next.get());
      assertThat(part.headers().firstValue("Meower-Total")).contains("25");
    }
    walked.addAll(fields(part, "id"));
    assertThat(walked).isEqualTo(expected);
  }

  /** Whether typing errors are looked for or not, and among which others. */
  @Test
  void partsAreInTheOrderOfTheWhole() throws Exception {
    Random random = new Random(38);
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      bodies.add(TypedTexts.body(random));
      feed.publish(bodies.getLast());
    }
    String last = feed.publish("after what was typed");
    await().untilAsserted(() -> assertThat(service.timeline()).startsWith(last));
    for (int i = 0; i < 150; i++) {
      String query = TypedTexts.query(random, bodies.get(random.nextInt(bodies.size())));
      HttpResponse<String> whole = service.get("/search?take=500&query=" + encode(query));
      List<String> walked = new ArrayList<>();
      HttpResponse<String> part = service.get("/search?take=7&query=" + encode(query));
      for (Optional<String> next = next(part); next.isPresent(); next = next(part)) {
        walked.addAll(fields(part, "id"));
        part = service.get(next.get());
      }
      walked.addAll(fields(part, "id"));
      assertThat(walked).as(query).isEqualTo(fields(whole, "id"));
      assertThat(part.headers().firstValue("Meower-Total")).contains("" + walked.size());
    }
  }

  @Test
  void refusesThePositionOfAnotherFeed() throws Exception {
    HttpResponse<String> answer = service.get("/search?query=x&position=another-12");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("detail").asString()).contains("Search again");
  }

  static Optional<String> next(HttpResponse<String> part) {
    return part.headers()
        .firstValue("Link")
        .map(link -> link.substring(1, link.indexOf(">; rel=\"next\"")));
  }

  private static String marked(JsonNode meow) {
    StringBuilder text = new StringBuilder(meow.path("body").asString());
    List<JsonNode> matches = meow.path("matches").valueStream().toList();
    for (JsonNode match : matches.reversed()) {
      text.insert(match.path("end").asInt(), ']').insert(match.path("start").asInt(), '[');
    }
    return text.toString();
  }
}
