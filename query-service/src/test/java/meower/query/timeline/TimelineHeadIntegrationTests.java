package meower.query.timeline;

import static meower.query.RunningService.fields;
import static meower.query.RunningService.link;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import meower.query.MeowFeed;
import meower.query.RunningService;
import meower.schema.Position;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimelineHeadIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int NEWEST = 50;

  private final TestNats nats = TestServers.nats();
  private final TestElasticsearch elasticsearch = TestServers.elasticsearch();
  private MeowFeed feed;
  private RunningService service;

  @BeforeEach
  void begin() throws Exception {
    feed = MeowFeed.begin(nats, elasticsearch);
    feed.publish(120);
    service = start();
    awaitIndexed();
  }

  @AfterEach
  void end() {
    service.close();
    feed.close();
  }

  @Test
  void showsANewMeowBeforeItIsIndexed() throws Exception {
    elasticsearch.pause();
    try {
      String id = feed.publish("not in the index yet");
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertThat(fields(service.get("/meows?take=3"), "id")).startsWith(id));
      assertThat(RunningService.json(service.get("/meows/" + id)).path("id").asString())
          .isEqualTo(id);
      assertThat(service.get("/meows?take=500").statusCode()).as("needs the index").isEqualTo(503);
    } finally {
      elasticsearch.resume();
    }
  }

  @Test
  void agreesWithTheIndexOnEveryPage() throws Exception {
    try (RunningService index = RunningService.start(nats, elasticsearch)) {
      List<String> all = index.timeline();
      assertThat(all).hasSize(120);
      assertThat(walk("/meows?take=7", "next")).isEqualTo(all);
      assertThat(fields(service.get("/meows?take=9&skip=5"), "id")).isEqualTo(all.subList(5, 14));
      assertThat(walk("/meows?take=7&after=" + all.getLast(), "prev")).hasSize(119);
      for (String path :
          List.of(
              "/meows?take=4&before=" + all.get(10),
              "/meows?take=4&after=" + all.get(10),
              "/meows?take=4&before=" + all.get(48),
              "/meows?take=4&before=" + all.get(3) + "&after=" + all.get(20),
              "/meows?take=20&before=" + all.get(3) + "&after=" + all.get(9))) {
        HttpResponse<String> ours = service.get(path);
        HttpResponse<String> theirs = index.get(path);
        assertThat(ours.body()).as(path).isEqualTo(theirs.body());
        assertThat(ours.headers().firstValue("Link"))
            .isEqualTo(theirs.headers().firstValue("Link"));
        assertThat(ours.headers().firstValue("Content-Type"))
            .isEqualTo(theirs.headers().firstValue("Content-Type"));
      }
    }
  }

  @Test
  void positionCoversExactlyTheAnswer() throws Exception {
    for (int i = 0; i < 100; i++) {
      feed.publish(3);
      HttpResponse<String> page = service.get("/meows?take=30");
      int position = Math.toIntExact(position(page).sequence());
      List<String> bodies = fields(page, "body");
      assertThat(bodies).hasSize(30);
      // The first 120 were published as 0 to 119, then three and three.
      assertThat(bodies.getFirst()).isEqualTo("meow " + number(position));
      assertThat(bodies.getLast()).isEqualTo("meow " + number(position - 29));
    }
  }

  @Test
  void answersThatNothingHasChanged() throws Exception {
    HttpResponse<String> page = service.get("/meows?take=5");
    String tag = page.headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> same = service.getUnless(tag, "/meows?take=5");
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(same.headers().firstValue("Meower-Position"))
        .isEqualTo(page.headers().firstValue("Meower-Position"));

    String id = feed.publish("something has changed");
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          HttpResponse<String> changed = service.getUnless(tag, "/meows?take=5");
          assertThat(changed.statusCode()).isEqualTo(200);
          assertThat(fields(changed, "id")).startsWith(id);
        });
  }

  @Test
  void sendsAMeowOnceThatIsInTheStreamTwice() throws Exception {
    String payload =
        "{\"id\":\"%s\",\"body\":\"again\",\"created_at\":\"2026-11-21T00:00:00Z\"}"
            .formatted(feed.newId().value());
    feed.publishRaw(payload);
    feed.publishRaw("rubbish");
    feed.publishRaw(payload);
    String last = feed.publish("the last one");

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(fields(service.get("/meows?take=3"), "id")).startsWith(last));
    assertThat(fields(service.get("/meows?take=3"), "body"))
        .containsExactly("the last one", "again", "meow 119");
    try (RunningService later = start()) {
      assertThat(fields(later.get("/meows?take=3"), "body"))
          .containsExactly("the last one", "again", "meow 119");
    }
  }

  /** The number in the body of the meow with this sequence. */
  private static int number(int sequence) {
    return sequence <= 120 ? sequence - 1 : (sequence - 121) % 3;
  }

  private RunningService start() {
    RunningService started =
        RunningService.start(nats, elasticsearch, "--meower.timeline.newest=" + NEWEST);
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(started.get("/meows?take=5").headers().firstValue("ETag")).isPresent());
    return started;
  }

  private void awaitIndexed() {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(fields(service.get("/meows?take=500"), "id")).hasSize(120));
  }

  private List<String> walk(String from, String relation) throws Exception {
    List<String> ids = new ArrayList<>();
    Optional<String> next = Optional.of(from);
    while (next.isPresent()) {
      HttpResponse<String> page = service.get(next.get());
      List<String> more = fields(page, "id");
      ids.addAll(more);
      next = more.isEmpty() ? Optional.empty() : link(page, relation);
    }
    return ids;
  }

  private static Position position(HttpResponse<String> answer) {
    return Position.parse(answer.headers().firstValue("Meower-Position").orElseThrow())
        .orElseThrow();
  }
}
