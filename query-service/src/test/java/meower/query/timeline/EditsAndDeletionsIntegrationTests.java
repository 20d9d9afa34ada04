package meower.query.timeline;

import static meower.query.RunningService.fields;
import static meower.query.RunningService.json;
import static meower.query.RunningService.link;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import meower.query.MeowFeed;
import meower.query.RunningService;
import meower.schema.MeowCreated;
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

/** What readers see of a meow that is edited and deleted, from the index and out of memory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EditsAndDeletionsIntegrationTests {

  private static final String NEWEST = "--meower.timeline.newest=30";

  private final TestNats nats = TestServers.nats();
  private final TestElasticsearch elasticsearch = TestServers.elasticsearch();
  private MeowFeed feed;

  /** Reads everything from the index. */
  private RunningService index;

  /** Has the newest meows in memory. */
  private RunningService head;

  @BeforeAll
  void begin() throws Exception {
    feed = MeowFeed.begin(nats, elasticsearch);
    index = RunningService.start(nats, elasticsearch);
    head = RunningService.start(nats, elasticsearch, NEWEST);
    feed.publish(10);
    settle();
  }

  @AfterAll
  void end() {
    head.close();
    index.close();
    feed.close();
  }

  @Test
  void showsTheLatestTextInItsPlace() throws Exception {
    String older = feed.publish("older");
    String id = feed.publish("befor the edit #frist");
    String newer = feed.publish("newer");
    feed.edit(id, 2, "between");
    feed.edit(id, 3, "after the edit #first");
    settle();
    for (RunningService service : List.of(index, head)) {
      HttpResponse<String> page = service.get("/meows?take=3&before=" + above(newer));
      assertThat(fields(page, "id")).containsExactly(newer, id, older);
      assertThat(json(page).get(1).propertyNames())
          .containsExactly("id", "body", "created_at", "revision", "edited_at");
      assertThat(fields(page, "body")).containsExactly("newer", "after the edit #first", "older");
      assertThat(json(page).get(1).path("revision").asInt()).isEqualTo(3);
      assertThat(fields(page, "edited_at").get(1)).isEqualTo(MeowFeed.EDITED_AT.toString());
      assertThat(json(page).get(0).propertyNames()).containsExactly("id", "body", "created_at");
      assertThat(json(service.get("/meows/" + id))).isEqualTo(json(page).get(1));
    }
    assertThat(index.search("befor").body()).isEqualTo("[]");
    assertThat(index.search("#frist").body()).isEqualTo("[]");
    HttpResponse<String> found = index.search("#first after");
    assertThat(fields(found, "id")).containsExactly(id);
    assertThat(json(found).get(0).propertyNames())
        .containsExactly("id", "body", "created_at", "revision", "edited_at", "matches");
  }

  @Test
  void tellsWhichRevisionAMeowIs() throws Exception {
    String id = feed.publish("tagged");
    settle();
    for (RunningService service : List.of(index, head)) {
      HttpResponse<String> answer = service.get("/meows/" + id);
      assertThat(answer.headers().firstValue("ETag")).contains("\"1\"");
      assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
      HttpResponse<String> same = service.getUnless("\"1\"", "/meows/" + id);
      assertThat(same.statusCode()).isEqualTo(304);
      assertThat(same.body()).isEmpty();
    }
    feed.edit(id, 2, "tagged again");
    settle();
    for (RunningService service : List.of(index, head)) {
      HttpResponse<String> answer = service.getUnless("\"1\"", "/meows/" + id);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("ETag")).contains("\"2\"");
    }
  }

  @Test
  void saysThatAMeowWasDeletedAndByWhom() throws Exception {
    String id = feed.publish("regretted");
    feed.delete(id, 2);
    settle();
    for (RunningService service : List.of(index, head)) {
      for (String path : List.of("", "?wait=2s", "/history")) {
        HttpResponse<String> answer = service.get("/meows/" + id + path);
        assertThat(answer.statusCode()).as(path).isEqualTo(410);
        assertThat(answer.headers().firstValue("Content-Type"))
            .contains("application/problem+json");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(json(answer).path("type").asString()).isEqualTo("/problems/deleted");
        assertThat(json(answer).path("by").asString()).isEqualTo("author");
        assertThat(json(answer).path("deleted_at").asString())
            .isEqualTo(MeowFeed.DELETED_AT.toString());
        assertThat(answer.body()).doesNotContain("regretted");
      }
    }
  }

  @Test
  void fillsPagesUpAndBeginsThemAtADeletedMeow() throws Exception {
    List<String> all = new ArrayList<>(feed.publish(8));
    String deleted = all.remove(3);
    String alsoDeleted = all.remove(4);
    feed.delete(deleted, 2);
    feed.delete(alsoDeleted, 2);
    settle();
    for (RunningService service : List.of(index, head)) {
      String top = above(all.getFirst());
      HttpResponse<String> page = service.get("/meows?take=5&before=" + top);
      assertThat(fields(page, "id")).isEqualTo(all.subList(0, 5));
      HttpResponse<String> next = service.get(link(page, "next").orElseThrow());
      assertThat(fields(next, "id")).startsWith(all.get(5));
      assertThat(fields(service.get("/meows?take=2&skip=2&before=" + top), "id"))
          .isEqualTo(all.subList(2, 4));
      assertThat(fields(service.get("/meows?take=2&before=" + deleted), "id"))
          .isEqualTo(all.subList(3, 5));
      assertThat(fields(service.get("/meows?take=2&after=" + alsoDeleted), "id"))
          .isEqualTo(all.subList(2, 4));
      assertThat(fields(service.get("/meows?before=" + deleted + "&after=" + alsoDeleted), "id"))
          .containsExactly(all.get(3));
    }
  }

  @Test
  void findsNoDeletedMeowAndDoesNotCountIt() throws Exception {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.addFirst(feed.publish("xylophone #music " + i));
    }
    feed.delete(all.remove(2), 2);
    settle();
    for (String query : List.of("xylophone", "xylofone", "\"xylophone\"", "#music", "xylop")) {
      HttpResponse<String> found = index.search(query);
      assertThat(fields(found, "id")).as(query).containsExactlyInAnyOrderElementsOf(all);
      assertThat(found.headers().firstValue("Meower-Total")).contains("4");
    }
  }

  @Test
  void tellsHowMeowsAreNowInTheOrderAsked() throws Exception {
    String old = feed.publish("as it was");
    String edited = feed.publish("not yet");
    String deleted = feed.publish("no more");
    feed.publish(40);
    settle();
    feed.edit(edited, 2, "now");
    feed.delete(deleted, 2);
    String fresh = feed.publish("fresh");
    String path =
        "/meows?take=many&ids="
            + String.join(",", deleted, fresh, feed.newId().value(), edited, old);
    settle();
    for (RunningService service : List.of(index, head)) {
      HttpResponse<String> answer = service.get(path);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(fields(answer, "id")).containsExactly(deleted, fresh, edited, old);
      assertThat(json(answer).get(0).propertyNames()).containsExactly("id", "deleted_at", "by");
      assertThat(fields(answer, "by")).startsWith("author");
      assertThat(fields(answer, "body")).endsWith("fresh", "now", "as it was");
      assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(position(answer).sequence())
          .isGreaterThanOrEqualTo(feed.earlier(fresh).sequences().getFirst());
    }
  }

  /** Whoever asks is told now or never: what the index says may not be older than the timeline. */
  @Test
  void tellsNothingOlderThanTheTimelineShows() throws Exception {
    String old = feed.publish("of long ago");
    feed.publish(40);
    settle();
    elasticsearch.pause();
    try {
      String fresh = feed.publish("fresh");
      feed.delete(old, 2);
      String last = feed.publish("last");
      await()
          .untilAsserted(
              () -> assertThat(fields(head.get("/meows?take=1"), "id")).containsExactly(last));
      HttpResponse<String> inMemory = head.get("/meows?ids=" + fresh + "," + last);
      assertThat(fields(inMemory, "id")).containsExactly(fresh, last);
      assertThat(position(inMemory)).isEqualTo(position(head.get("/meows?take=1")));
      assertThat(head.get("/meows?ids=" + old).statusCode()).isEqualTo(503);
    } finally {
      elasticsearch.resume();
    }
    await()
        .ignoreExceptions()
        .untilAsserted(() -> {
          HttpResponse<String> answer = head.get("/meows?ids=" + old);
          assertThat(answer.statusCode()).isEqualTo(200);
          assertThat(json(answer).get(0).propertyNames()).doesNotContain("body");
        });
    settle();
  }

  @ParameterizedTest
  @CsvSource({
    "/meows?ids=, ids",
    "/meows?ids=abc, ids",
    "/meows/3G12Ptjdq1Yd5cJrsHFtjZdYqGU?revision=0, revision",
    "/meows/3G12Ptjdq1Yd5cJrsHFtjZdYqGU?revision=x&wait=1s, revision",
    "/meows/3G12Ptjdq1Yd5cJrsHFtjZdYqGU?revision=, revision"
  })
  void namesTheParameterThatIsWrong(String path, String parameter) throws Exception {
    HttpResponse<String> answer = index.get(path);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("parameter").asString()).isEqualTo(parameter);
  }

  @Test
  void waitsForARevisionOrADeletion() throws Exception {
    String edited = feed.publish("one");
    String deleted = feed.publish("other");
    settle();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<String>> third =
          threads.submit(() -> head.get("/meows/" + edited + "?wait=5s&revision=3"));
      Future<HttpResponse<String>> gone =
          threads.submit(() -> head.get("/meows/" + deleted + "?wait=5s&revision=3"));
      feed.edit(edited, 2, "two");
      feed.edit(deleted, 2, "other two");
      settle();
      assertThat(third.isDone() || gone.isDone()).isFalse();
      feed.edit(edited, 3, "three");
      feed.delete(deleted, 3);
      assertThat(json(third.get(4, TimeUnit.SECONDS)).path("body").asString()).isEqualTo("three");
      assertThat(third.get().headers().firstValue("ETag")).contains("\"3\"");
      assertThat(gone.get(4, TimeUnit.SECONDS).statusCode()).isEqualTo(410);
    }
    HttpResponse<String> late = head.get("/meows/" + edited + "?wait=100ms&revision=4");
    assertThat(late.statusCode()).isEqualTo(200);
    assertThat(late.headers().firstValue("ETag")).as("as it is").contains("\"3\"");
  }

  @Test
  void tellsEveryTextThatAMeowHad() throws Exception {
    Instant posted = Instant.parse("2026-11-20T08:00:00Z");
    String id = feed.publish(new MeowCreated(feed.newId(), "one", posted));
    String other = feed.publish("between them");
    feed.edit(id, 2, "two");
    feed.edit(id, 3, "three");
    settle();
    for (RunningService service : List.of(index, head)) {
      HttpResponse<String> history = service.get("/meows/" + id + "/history");
      assertThat(history.statusCode()).isEqualTo(200);
      assertThat(history.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(history.body())
          .isEqualTo(
              ("[{\"revision\":1,\"body\":\"one\",\"at\":\"%s\"},"
                      + "{\"revision\":2,\"body\":\"two\",\"at\":\"%s\"},"
                      + "{\"revision\":3,\"body\":\"three\",\"at\":\"%2$s\"}]")
                  .formatted(posted, MeowFeed.EDITED_AT));
      assertThat(fields(service.get("/meows/" + other + "/history"), "body"))
          .containsExactly("between them");
      assertThat(service.get("/meows/" + feed.newId() + "/history").statusCode()).isEqualTo(404);
      assertThat(service.get("/meows/no-id/history").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void leavesOutOfAHistoryWhatTheStreamHoldsNoMore() throws Exception {
    String id = feed.publish("one");
    long second = feed.edit(id, 2, "two");
    feed.edit(id, 3, "three");
    feed.connection().jetStreamManagement().deleteMessage("MEOWS", second, true);
    settle();
    assertThat(fields(index.get("/meows/" + id + "/history"), "body"))
        .containsExactly("one", "three");
  }

  @Test
  void tellsNoHistoryWhileNatsIsAway() throws Exception {
    String id = feed.publish("one");
    settle();
    nats.pause();
    try {
      HttpResponse<String> answer = index.get("/meows/" + id + "/history");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    } finally {
      nats.resume();
    }
    await()
        .untilAsserted(
            () -> assertThat(index.get("/meows/" + id + "/history").statusCode()).isEqualTo(200));
    settle();
  }

  /** Whatever happens to meows, and also when what came before was erased. */
  @Test
  void headAndIndexAgree() throws Exception {
    Random random = new Random(7);
    List<String> living = new ArrayList<>();
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      int what = living.isEmpty() ? 0 : random.nextInt(5);
      String id = living.isEmpty() ? "" : living.get(random.nextInt(living.size()));
      int revision = feed.earlier(id).sequences().size() + 1;
      switch (what) {
        case 1 -> feed.edit(id, revision, "edit " + i);
        case 2 -> {
          feed.delete(id, revision);
          living.remove(id);
          if (random.nextBoolean()) {
            feed.erase(id);
          }
        }
        default -> {
          living.add(feed.publish("meow " + i));
          all.add(living.getLast());
        }
      }
    }
    settle();
    try (RunningService later = RunningService.start(nats, elasticsearch, NEWEST)) {
      await().until(() -> later.get("/meows?take=1").headers().firstValue("ETag").isPresent());
      assertThat(later.timeline()).isEqualTo(index.timeline());
      assertThat(head.timeline()).isEqualTo(index.timeline());
      assertThat(index.timeline())
          .containsAll(living)
          .doesNotContainAnyElementsOf(gone(all, living));
      List<String> paths = new ArrayList<>(List.of("/meows?take=5", "/meows?take=7&skip=3"));
      for (String id : all.reversed().subList(0, 40)) {
        paths.add("/meows?take=4&before=" + id);
        paths.add("/meows?take=4&after=" + id);
        paths.add("/meows/" + id);
        paths.add("/meows?ids=" + id);
      }
      for (String path : paths) {
        HttpResponse<String> expected = index.get(path);
        for (RunningService service : List.of(head, later)) {
          HttpResponse<String> answer = service.get(path);
          assertThat(answer.statusCode()).as(path).isEqualTo(expected.statusCode());
          assertThat(json(answer)).as(path).isEqualTo(json(expected));
          assertThat(answer.headers().firstValue("Link"))
              .as(path)
              .isEqualTo(expected.headers().firstValue("Link"));
        }
      }
    }
  }

  @Test
  void headKeepsARepeatedCreationFromComingBack() throws Exception {
    MeowCreated meow = new MeowCreated(feed.newId(), "back again", Instant.now());
    String id = feed.publish(meow);
    feed.delete(id, 2);
    feed.publish(35);
    settle();
    feed.publish(meow);
    settle();
    assertThat(fields(head.get("/meows?take=5"), "id")).doesNotContain(id);
    assertThat(head.get("/meows/" + id).statusCode()).isEqualTo(410);
  }

  private static List<String> gone(List<String> all, List<String> living) {
    return all.stream().filter(id -> !living.contains(id)).toList();
  }

  /** Returns a meow above this one that was there or is now. */
  private String above(String id) throws Exception {
    List<String> newer = fields(index.get("/meows?take=1&after=" + id), "id");
    return newer.isEmpty() ? publishAbove() : newer.getFirst();
  }

  private String publishAbove() throws Exception {
    String id = feed.publish("above");
    settle();
    return id;
  }

  /** Returns when both have seen all that was published so far. */
  private void settle() throws Exception {
    String last = feed.publish("settled");
    long sequence = feed.earlier(last).sequences().getFirst();
    await()
        .untilAsserted(() -> {
          for (RunningService service : List.of(index, head)) {
            assertThat(position(service.get("/meows?take=1")).sequence()).isEqualTo(sequence);
          }
          // Deeper pages of the second one are out of the index as well.
          assertThat(position(head.get("/meows?take=500")).sequence()).isEqualTo(sequence);
        });
  }

  private static Position position(HttpResponse<String> answer) {
    return Position.parse(answer.headers().firstValue("Meower-Position").orElseThrow())
        .orElseThrow();
  }
}
