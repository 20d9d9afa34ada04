package meower.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import meower.standalone.stack.Part;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The WebSocket interface through nginx, as a program sees it. */
class SocketContractIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final RunningMeower meower = RunningMeower.get();
  private final Api api = new Api(meower.url());
  private final ExecutorService posters = Executors.newSingleThreadExecutor();

  @AfterEach
  void restore() {
    posters.shutdownNow();
    meower.restore();
  }

  @Test
  void saysWhereTheFeedBegins() throws Exception {
    try (FeedReader reader = FeedReader.connect(meower.url())) {
      assertThat(reader.hello().get("kind").intValue()).isEqualTo(2);
      assertThat(reader.hello().get("position").stringValue()).matches("[0-9a-z]+-[0-9]+");
      assertThat(reader.hello().get("resumed").booleanValue()).isFalse();
    }
  }

  @Test
  void sendsEachMeowWithItsPosition() throws Exception {
    try (FeedReader reader = FeedReader.connect(meower.url())) {
      JsonNode meow = Api.json(api.post("socketframe 🐈"));

      await().atMost(SOON).until(() -> reader.meows("socketframe").size() == 1);
      JsonNode frame =
          reader.frames().stream()
              .filter(f -> f.path("id").equals(meow.get("id")))
              .findFirst()
              .orElseThrow();
      assertThat(frame.propertyNames())
          .containsExactlyInAnyOrder("kind", "id", "body", "created_at", "position");
      assertThat(frame.get("body")).isEqualTo(meow.get("body"));
      assertThat(frame.get("created_at")).isEqualTo(meow.get("created_at"));
    }
  }

  @Test
  void theTimelineAndTheFeedAgreeOnThePosition() throws Exception {
    try (FeedReader reader = FeedReader.connect(meower.url())) {
      api.post("sameposition");
      await().atMost(SOON).until(() -> reader.meows("sameposition").size() == 1);
      String position = reader.frames().getLast().get("position").stringValue();

      await()
          .atMost(SOON)
          .until(() ->
              api.get("/meows")
                  .headers()
                  .firstValue("Meower-Position")
                  .orElse("")
                  .equals(position));
    }
  }

  @Test
  void sendsASubscriberTheMeowsOfItsTopicsOnly() throws Exception {
    try (FeedReader reader = FeedReader.connect(meower.url())) {
      reader.send("sub #topical");
      AtomicInteger round = new AtomicInteger();
      await()
          .atMost(SOON)
          .until(() -> {
            int number = round.incrementAndGet();
            api.post("offtopic " + number);
            api.post("ontopic " + number + " #topical");
            await().atMost(SOON).until(() -> !reader.meows("ontopic " + number).isEmpty());
            return reader.meows("offtopic " + number).isEmpty();
          });
    }
  }

  /** Of what is posted meanwhile, too, each comes once: from the search or from the feed. */
  @Test
  void aSearchGoesOnLiveWithoutGapOrOverlap() throws Exception {
    String word = "standingsearch";
    Future<?> posting =
        posters.submit(() -> {
          for (int i = 0; i < 90; i++) {
            api.post(word + " " + i + (i % 2 == 0 ? "" : " and more"));
            api.post("something else " + i);
          }
          return null;
        });
    String query = "?query=" + word + "+and+more";
    await().atMost(SOON).until(() -> !api.search(word + " and more").isEmpty());
    HttpResponse<String> answer = api.get("/search" + query + "&sort=newest&take=100");
    List<Api.Meow> found = new ArrayList<>(Api.meows(answer).reversed());
    String position = answer.headers().firstValue("Meower-Position").orElseThrow();

    try (FeedReader reader = FeedReader.connect(meower.url(), query + "&after=" + position)) {
      posting.get();
      api.post(word + " and more, the end");
      await().atMost(SOON).until(() -> !reader.meows("the end").isEmpty());

      assertThat(reader.hello().get("resumed").booleanValue()).isTrue();
      assertThat(reader.frames()).allMatch(frame -> frame.has("matches"));
      found.addAll(reader.meows(word));
      List<String> expected = new ArrayList<>();
      for (int i = 1; i < 90; i += 2) {
        expected.add(word + " " + i + " and more");
      }
      expected.add(word + " and more, the end");
      assertThat(found).extracting(Api.Meow::body).isEqualTo(expected);
    }
  }

  @Test
  void closesWhoBreaksTheProtocol() throws Exception {
    try (FeedReader reader = FeedReader.connect(meower.url())) {
      reader.send("meow?");

      await().atMost(SOON).until(() -> reader.closeCode() == 1008);
    }
  }

  @Test
  void sendsEverybodyElsewhereWhenItStops() throws Exception {
    try (FeedReader reader = FeedReader.connect(meower.url())) {
      meower.stack().stop(Part.PUSHER);

      await().atMost(SOON).until(() -> reader.closeCode() == 1001);
    }
  }

  @Test
  void refusesPagesOfOtherOrigins() {
    assertThat(connectAs("https://evil.example")).isInstanceOf(WebSocketHandshakeException.class);
    assertThat(connectAs(meower.url())).isNull();
  }

  private @Nullable Throwable connectAs(String origin) {
    URI uri = URI.create(meower.url().replaceFirst("^http", "ws") + "/pusher");
    try (HttpClient http = HttpClient.newHttpClient()) {
      http.newWebSocketBuilder()
          .header("Origin", origin)
          .buildAsync(uri, new WebSocket.Listener() {})
          .join()
          .abort();
      return null;
    } catch (CompletionException e) {
      return e.getCause();
    }
  }
}
