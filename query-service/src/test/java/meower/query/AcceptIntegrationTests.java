package meower.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import meower.testservers.AcceptCases;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every door of the service takes the header {@code Accept} in the same way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcceptIntegrationTests {

  private final TestNats nats = TestServers.nats();
  private final TestElasticsearch elasticsearch = TestServers.elasticsearch();
  private MeowFeed feed;
  private RunningService index;
  private RunningService memory;
  private String id;

  @BeforeAll
  void begin() throws Exception {
    feed = MeowFeed.begin(nats, elasticsearch);
    index = RunningService.start(nats, elasticsearch);
    memory = RunningService.start(nats, elasticsearch, "--meower.timeline.newest=10");
    id = feed.publish("a meow");
    for (RunningService service : List.of(index, memory)) {
      await()
          .untilAsserted(() -> assertThat(service.get("/meows/" + id).statusCode()).isEqualTo(200));
    }
  }

  @AfterAll
  void end() {
    memory.close();
    index.close();
    feed.close();
  }

  @ParameterizedTest
  @MethodSource("doors")
  void answersAProblemToWhoDoesNotTakeTheAnswer(String path, String type) throws Exception {
    for (String accept : AcceptCases.refusing(type)) {
      for (HttpResponse<String> answer : answers(accept, path)) {
        assertThat(answer.statusCode()).as(accept).isEqualTo(406);
        assertThat(answer.body()).contains("/problems/not-acceptable");
        assertThat(answer.headers().firstValue("Content-Type"))
            .contains("application/problem+json");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("doors")
  void answersEverybodyElse(String path, String type) throws Exception {
    for (String accept : AcceptCases.allowing(type)) {
      for (HttpResponse<String> answer : answers(accept, path)) {
        assertThat(answer.statusCode()).as(accept).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
            .get()
            .asString()
            .startsWith(isForPeople(path, accept) ? "text/html" : type);
      }
    }
  }

  private boolean isForPeople(String path, String accept) {
    return path.equals("/meows/" + id) && accept.startsWith("text/html");
  }

  @Test
  void noCacheKeepsThatAMeowIsNotThereYet() throws Exception {
    HttpResponse<String> answer = index.get("/meows/" + feed.newId());

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  private Stream<Arguments> doors() {
    return Stream.of(
        arguments("/meows", "application/json"),
        arguments("/meows?ids=" + id, "application/json"),
        arguments("/meows/" + id, "application/json"),
        arguments("/meows/" + id + "/history", "application/json"),
        arguments("/search?query=meow", "application/json"),
        arguments("/feed.atom", "application/atom+xml"),
        arguments("/feed.json", "application/feed+json"));
  }

  private List<HttpResponse<String>> answers(String accept, String path) throws Exception {
    return List.of(index.getWith("Accept", accept, path), memory.getWith("Accept", accept, path));
  }
}
