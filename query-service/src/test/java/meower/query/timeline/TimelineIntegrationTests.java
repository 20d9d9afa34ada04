package meower.query.timeline;

import static meower.query.RunningService.fields;
import static meower.query.RunningService.json;
import static meower.query.RunningService.link;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meower.query.MeowFeed;
import meower.query.RunningService;
import meower.schema.MeowCreated;
import meower.schema.MeowId;
import meower.schema.Position;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TimelineIntegrationTests {

  private final TestNats nats = TestServers.nats();
  private final TestElasticsearch elasticsearch = TestServers.elasticsearch();
  private MeowFeed feed;
  private RunningService service;

  @BeforeAll
  void begin() throws Exception {
    feed = MeowFeed.begin(nats, elasticsearch);
    service = RunningService.start(nats, elasticsearch);
    publish(30);
  }

  @AfterAll
  void end() {
    service.close();
    feed.close();
  }

  @Test
  void answersMeowsAsTheyWerePosted() throws Exception {
    String body = "Ünïcödé 🐈\n<b>\"not\" bold</b> & #tag";
    Instant moment = Instant.parse("2026-11-21T03:45:10.123456789Z");
    String id = feed.publish(new MeowCreated(feed.newId(), body, moment));
    awaitFirst(id);
    HttpResponse<String> page = service.get("/meows?take=1");
    assertThat(json(page).get(0).propertyNames()).containsExactly("id", "body", "created_at");
    assertThat(fields(page, "body")).containsExactly(body);
    assertThat(fields(page, "created_at")).containsExactly(moment.toString());
    assertThat(page.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(json(service.get("/meows/" + id))).isEqualTo(json(page).get(0));
  }

  @Test
  void ordersByTheStreamAndNotByTheId() throws Exception {
    MeowId earlier = feed.newId();
    MeowId later = feed.newId();
    feed.publish(new MeowCreated(later, "committed first", Instant.now()));
    feed.publish(new MeowCreated(earlier, "committed second", Instant.now()));
    awaitFirst(earlier.value());
    assertThat(fields(service.get("/meows?take=2"), "id"))
        .containsExactly(earlier.value(), later.value());
  }

  @Test
  void pagesStablyWhileNewMeowsArrive() throws Exception {
    List<String> before = service.timeline();
    List<String> read = new ArrayList<>();
    Optional<String> next = Optional.of("/meows?take=7");
    while (next.isPresent()) {
      HttpResponse<String> page = service.get(next.get());
      read.addAll(fields(page, "id"));
      next = link(page, "next");
      publish(3);
    }
    assertThat(read).isEqualTo(before);
  }

  @Test
  void readsUpwardsToTheMeowsRightAbove() throws Exception {
    List<String> all = service.timeline();
    String start = all.get(20);
    HttpResponse<String> page = service.get("/meows?take=5&after=" + start);
    assertThat(fields(page, "id")).isEqualTo(all.subList(15, 20));
    HttpResponse<String> newer = service.get(link(page, "prev").orElseThrow());
    assertThat(fields(newer, "id")).isEqualTo(all.subList(10, 15));
    HttpResponse<String> older = service.get(link(page, "next").orElseThrow());
    assertThat(fields(older, "id")).isEqualTo(all.subList(20, 25));
  }

  @Test
  void findsTheNextMeowBehindAStretchWithoutAny() throws Exception {
    String below = publish(1).getFirst();
    for (int i = 0; i < 10; i++) {
      feed.publishRaw("no event");
    }
    String above = publish(1).getFirst();

    assertThat(fields(service.get("/meows?take=1&before=" + above), "id")).containsExactly(below);
    assertThat(fields(service.get("/meows?take=1&after=" + below), "id")).containsExactly(above);
  }

  @Test
  void readsBetweenTwoMeows() throws Exception {
    List<String> all = service.timeline();
    String path = "/meows?take=3&before=" + all.get(5) + "&after=" + all.get(11);
    HttpResponse<String> page = service.get(path);
    assertThat(fields(page, "id")).isEqualTo(all.subList(6, 9));
    HttpResponse<String> rest = service.get(link(page, "next").orElseThrow());
    assertThat(fields(rest, "id")).isEqualTo(all.subList(9, 11));
    assertThat(link(rest, "next")).isEmpty();
  }

  @Test
  void skipsAsTheOriginalDid() throws Exception {
    List<String> all = service.timeline();
    assertThat(fields(service.get("/meows?skip=3&take=4"), "id")).isEqualTo(all.subList(3, 7));
    assertThat(fields(service.get("/meows?skip=9500&take=500"), "id")).isEmpty();
    assertThat(service.get("/meows?unknown=1&take=1").statusCode()).isEqualTo(200);
  }

  @Test
  void takesAtMostFiveHundred() throws Exception {
    publish(510);
    assertThat(fields(service.get("/meows?take=500"), "id")).hasSize(500);
    assertThat(fields(service.get("/meows"), "id")).hasSize(100);
  }

  @ParameterizedTest
  @CsvSource({
    "take=0, take",
    "take=501, take",
    "take=many, take",
    "skip=-1, skip",
    "skip=9999&take=2, skip",
    "before=, before",
    "before=abc, before",
    "after=3G12Ptjdq1Yd5cJrsHFtjZdYqG%20, after",
    "before=3G12Ptjdq1Yd5cJrsHFtjZdYqGU, before",
    "after=3G12Ptjdq1Yd5cJrsHFtjZdYqGU, after"
  })
  void namesTheParameterThatIsWrong(String query, String parameter) throws Exception {
    HttpResponse<String> answer = service.get("/meows?" + query);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(answer).path("parameter").asString()).isEqualTo(parameter);
    assertThat(json(answer).path("detail").asString()).isNotBlank();
  }

  @Test
  void doesNotKnowMeowsThatDoNotExist() throws Exception {
    for (String id : List.of("3G12Ptjdq1Yd5cJrsHFtjZdYqGU", "no-id", "%F0%9F%90%88")) {
      HttpResponse<String> answer = service.get("/meows/" + id);
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(json(answer).path("type").asString()).isEqualTo("/problems/unknown-meow");
    }
  }

  @Test
  void answersHeadRequests() throws Exception {
    HttpResponse<String> answer = service.send("HEAD", "/meows");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("Meower-Position")).isPresent();
  }

  @Test
  void positionCoversExactlyTheAnswer() throws Exception {
    Map<Position, List<String>> answers = new LinkedHashMap<>();
    for (int i = 0; i < 60; i++) {
      feed.publish(5);
      HttpResponse<String> page = service.get("/meows?take=500");
      answers.put(position(page), fields(page, "id"));
    }
    assertThat(answers).hasSizeGreaterThan(3);
    List<String> all = awaitAll().reversed();
    answers.forEach((position, answer) -> {
      int covered = Math.toIntExact(position.sequence());
      assertThat(answer.reversed()).isEqualTo(all.subList(Math.max(0, covered - 500), covered));
    });
  }

  @Test
  void answers503WhileElasticsearchHangs() throws Exception {
    elasticsearch.pause();
    try {
      long start = System.nanoTime();
      for (String path :
          List.of("/meows", "/search?query=meow", "/meows/3G12Ptjdq1Yd5cJrsHFtjZdYqGU")) {
        HttpResponse<String> answer = service.get(path);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(json(answer).path("type").asString()).isEqualTo("/problems/unavailable");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    } finally {
      elasticsearch.resume();
    }
    await().untilAsserted(() -> assertThat(service.get("/meows").statusCode()).isEqualTo(200));
  }

  @Test
  void keepsAnsweringWhileNatsHangs() throws Exception {
    HttpResponse<String> before = service.get("/meows");
    nats.pause();
    try {
      HttpResponse<String> answer = service.get("/meows");
      assertThat(answer.body()).isEqualTo(before.body());
      assertThat(position(answer)).isEqualTo(position(before));
    } finally {
      nats.resume();
    }
  }

  @Test
  void leavesReadingToOthersUntilNatsHasSaidHowFarTheIndexIsComplete() throws Exception {
    nats.pause();
    try (RunningService fresh = RunningService.start(nats, elasticsearch)) {
      for (String path : List.of("/meows", "/search?query=cat")) {
        HttpResponse<String> answer = fresh.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      }
      assertThat(fresh.get("/readyz").statusCode()).isEqualTo(503);
      nats.resume();
      await().until(() -> fresh.get("/meows").statusCode() == 200);
      assertThat(position(fresh.get("/meows"))).isEqualTo(position(service.get("/meows")));
    } finally {
      nats.resume();
    }
  }

  private List<String> publish(int count) throws Exception {
    List<String> ids = feed.publish(count);
    awaitFirst(ids.getFirst());
    return ids;
  }

  private List<String> awaitAll() throws Exception {
    String last = feed.publish("the last one");
    awaitFirst(last);
    return service.timeline();
  }

  private void awaitFirst(String id) {
    await()
        .untilAsserted(
            () -> assertThat(fields(service.get("/meows?take=1"), "id")).containsExactly(id));
  }

  private static Position position(HttpResponse<String> answer) {
    return Position.parse(answer.headers().firstValue("Meower-Position").orElseThrow())
        .orElseThrow();
  }
}
