package meower.query.search;

import static meower.query.RunningService.fields;
import static meower.query.RunningService.json;
import static meower.query.search.SearchCasesIntegrationTests.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import meower.query.MeowFeed;
import meower.query.RunningService;
import meower.query.index.RandomTexts;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchIntegrationTests {

  private static final String ELEPHANT = "An elephant walks into a Café 🐈 today";
  private static final String CATS = "🐈🐈 Two #Cats and a naïve «Straße» of Łódź";
  private static final String QUICK = "The quick brown fox jumps over the lazy dog";
  private static final String FOX = "A fox, quick and brown, is no dog #catsitter";
  private static final String TOKYO = "東京タワー は高い";
  private static final String CODE = "C++ and a.b:c (d OR e)* ~2 ^3 #x_y";

  private final TestNats nats = TestServers.nats();
  private final TestElasticsearch elasticsearch = TestServers.elasticsearch();
  private MeowFeed feed;
  private RunningService service;

  @BeforeAll
  void begin() throws Exception {
    feed = MeowFeed.begin(nats, elasticsearch);
    service = RunningService.start(nats, elasticsearch);
    for (String body : List.of(ELEPHANT, CATS, QUICK, FOX, TOKYO, CODE)) {
      feed.publish(body);
    }
    await().untilAsserted(() -> assertThat(service.timeline()).hasSize(6));
  }

  @AfterAll
  void end() {
    service.close();
    feed.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"elephant", "elefant", "elephnat", "elepphant walsk", "tooday elephant"})
  void findsWithTypingErrors(String query) throws Exception {
    assertThat(found(query)).containsExactly(ELEPHANT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"xlephant", "elxphxnx", "elephant dog", "cafe fox"})
  void leavesOutWhatDoesNotMatchEveryWord(String query) throws Exception {
    assertThat(found(query)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"e", "el", "eleph", "walks eleph", "CAFÉ elephan", "today c"})
  void findsBeginningsOfTheLastWord(String query) throws Exception {
    assertThat(found(query)).contains(ELEPHANT);
  }

  @Test
  void doesNotFindBeginningsOfEarlierWords() throws Exception {
    assertThat(found("eleph walks")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "cafe, An elephant walks into a Café 🐈 today",
    "CAFE\u0301, An elephant walks into a Café 🐈 today",
    "ＥＬＥＰＨＡＮＴ, An elephant walks into a Café 🐈 today"
  })
  void foldsCaseAccentsAndWidth(String query, String body) throws Exception {
    assertThat(found(query)).containsExactly(body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"strasse", "STRASSE", "naive", "lodz", "łódź"})
  void foldsLettersThatLookDifferent(String query) throws Exception {
    assertThat(found(query)).containsExactly(CATS);
  }

  @Test
  void findsTagsAndTheirBeginnings() throws Exception {
    assertThat(found("#cats")).containsExactly(CATS, FOX);
    assertThat(found("#CATS two")).containsExactly(CATS);
    assertThat(found("#catsi")).containsExactly(FOX);
    assertThat(found("fox #c")).containsExactly(FOX);
    assertThat(found("#elephant")).isEmpty();
  }

  @Test
  void findsExactPhrases() throws Exception {
    assertThat(found("\"quick brown fox\"")).containsExactly(QUICK);
    assertThat(found("\"brown quick\"")).isEmpty();
    assertThat(found("\"quick brow\"")).isEmpty();
    assertThat(found("\"quick\" #catsitter \"no dog\"")).containsExactly(FOX);
    assertThat(found("\"quick brown")).containsExactlyInAnyOrder(QUICK, FOX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"東京", "タワー", "高"})
  void findsWordsWithoutSpaces(String query) throws Exception {
    assertThat(found(query)).containsExactly(TOKYO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"C++", "a.b:c", "(d OR e)*", "~2 ^3", "#x_y", "c++ c", "d\\ e/"})
  void treatsSyntaxAsText(String query) throws Exception {
    assertThat(found(query)).contains(CODE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"!", "...", "\"\"", "#", "+-&&||!(){}[]^\"~*?:\\/"})
  void findsNothingInPunctuation(String query) throws Exception {
    HttpResponse<String> answer = service.search(query);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("[]");
    assertThat(answer.headers().firstValue("Meower-Total")).contains("0");
  }

  @Test
  void noQueryIsASyntaxError() throws Exception {
    Random random = new Random(11);
    for (int round = 0; round < 400; round++) {
      String query = RandomTexts.next(random, 60);
      if (!query.isBlank()) {
        assertThat(service.search(query).statusCode()).as(query).isEqualTo(200);
      }
    }
  }

  @Test
  void theLongestQueriesAreNoError() throws Exception {
    String fuzzy = "abcd ".repeat(40).strip();
    for (String query :
        List.of(fuzzy, "a ".repeat(100).strip(), "a-".repeat(100), "🐈".repeat(200))) {
      assertThat(service.search(query).statusCode()).as(query).isEqualTo(200);
    }
  }

  @Test
  void highlightsWhyAMeowWasFound() throws Exception {
    assertThat(highlights("elefant cafe")).containsExactly("elephant", "Café");
    assertThat(highlights("elephant 🐈")).containsExactly("elephant", "🐈");
    assertThat(highlights("two #cat")).containsExactly("Two", "#Cats");
    assertThat(highlights("strasse lo")).containsExactly("Straße", "Łódź");
    assertThat(highlights("\"brown fox\" la")).containsExactly("brown fox", "lazy");
    assertThat(highlights("東京")).containsExactly("東京");
  }

  @Test
  void saysHowManyThereAreAndGivesThemInParts() throws Exception {
    HttpResponse<String> first = service.get("/search?query=quick+brown&take=1");
    HttpResponse<String> second = service.get("/search?query=quick+brown&take=1&skip=1");
    assertThat(first.headers().firstValue("Meower-Total")).contains("2");
    assertThat(fields(first, "id")).hasSize(1).isNotEqualTo(fields(second, "id"));
    assertThat(fields(second, "id")).hasSize(1);
    assertThat(first.headers().firstValue("Meower-Position")).isPresent();
  }

  @Test
  void saysOfManyThatThereAreAtLeastSoMany() throws Exception {
    for (int i = 0; i < 1_004; i++) {
      feed.publish("zqmany " + i);
    }
    String last = feed.publish("after so many");
    await().untilAsserted(() -> assertThat(service.timeline()).startsWith(last));
    HttpResponse<String> many = service.get("/search?query=zqmany&take=3");
    HttpResponse<String> few = service.get("/search?query=zqmany+17&take=500");
    HttpResponse<String> end = service.get("/search?query=zqmany&take=3&skip=1000");

    assertThat(total(many)).containsExactly("1000", "at-least");
    assertThat(next(many)).isPresent();
    assertThat(total(few)).containsExactly("11", "exact");
    assertThat(next(few)).isEmpty();
    assertThat(total(end)).containsExactly("1004", "at-least");
    HttpResponse<String> rest = service.get(next(end).orElseThrow());
    assertThat(fields(rest, "body")).containsExactly("zqmany 0");
    assertThat(total(rest)).containsExactly("1004", "exact");
    assertThat(next(rest)).isEmpty();
  }

  private static List<String> total(HttpResponse<String> answer) {
    return Stream.of("Meower-Total", "Meower-Total-Relation")
        .map(header -> answer.headers().firstValue(header).orElse(""))
        .toList();
  }

  @Test
  void putsWordsBeforeBeginningsAndThoseBeforeTypingErrors() throws Exception {
    String begins = feed.publish("zqgarden zqgardens");
    String exact = feed.publish("zqgarden");
    String mistaken = feed.publish("zqgardne");
    String longer = feed.publish("zqgardening");
    await().untilAsserted(() -> assertThat(service.timeline()).startsWith(longer));
    assertThat(fields(service.search("zqgarden"), "id"))
        .containsExactly(exact, begins, longer, mistaken);
    HttpResponse<String> first = service.get("/search?query=zqgarden&take=2");
    assertThat(fields(first, "id")).containsExactly(exact, begins);
    assertThat(total(first)).as("errors were not looked for").containsExactly("3", "at-least");
    HttpResponse<String> second = service.get(next(first).orElseThrow());
    assertThat(fields(second, "id")).containsExactly(longer, mistaken);
    assertThat(total(second)).containsExactly("4", "exact");
    assertThat(next(second)).isEmpty();
  }

  @Test
  void sortsByRelevanceOrByTime() throws Exception {
    String exact = feed.publish("relevance zebra zebra");
    String newest = feed.publish("relevance zebras and many other words that nobody asked for");
    await().untilAsserted(() -> assertThat(service.timeline()).startsWith(newest));
    assertThat(fields(service.search("zebra"), "id")).containsExactly(exact, newest);
    assertThat(fields(service.get("/search?sort=newest&query=zebra"), "id"))
        .containsExactly(newest, exact);
  }

  @ParameterizedTest
  @CsvSource({
    "'', query",
    "query=, query",
    "query=%20%20, query",
    "query=x&sort=best, sort",
    "query=x&take=0, take",
    "query=x&skip=10000, skip",
    "query=x&position=here, position"
  })
  void namesTheParameterThatIsWrong(String parameters, String parameter) throws Exception {
    HttpResponse<String> answer = service.get("/search?" + parameters);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("parameter").asString()).isEqualTo(parameter);
  }

  @Test
  void takesTwoHundredCharactersAndNotOneMore() throws Exception {
    assertThat(service.search("🐈".repeat(200)).statusCode()).isEqualTo(200);
    assertThat(service.search("🐈".repeat(201)).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "query=%, 400",
    "query=%ZZ, 400",
    "query=%FF, 400",
    "query=%ED%A0%80, 400",
    "query=%00, 200"
  })
  void refusesWhatIsNotUtf8(String parameters, int expected) throws Exception {
    assertThat(service.rawStatus("/search?" + parameters)).isEqualTo(expected);
  }

  private List<String> found(String query) throws Exception {
    HttpResponse<String> answer = service.search(query);
    assertThat(answer.statusCode()).isEqualTo(200);
    return fields(answer, "body");
  }

  /** Returns the highlighted parts of the first meow that is found. */
  private List<String> highlights(String query) throws Exception {
    JsonNode meow = json(service.search(query)).get(0);
    String body = meow.path("body").asString();
    return StreamSupport.stream(meow.path("matches").spliterator(), false)
        .map(m -> body.substring(m.path("start").asInt(), m.path("end").asInt()))
        .toList();
  }
}
