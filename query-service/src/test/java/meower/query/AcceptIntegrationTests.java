package meower.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  @ValueSource(
      strings = {
        "text/html",
        "application/problem+json",
        "application/json;q=0, */*;q=0.5",
        "nonsense"
      })
  void answersAProblemToWhoTakesNoJson(String accept) throws Exception {
    for (HttpResponse<String> answer : answers(accept)) {
      assertThat(answer.statusCode()).as(answer.uri().toString()).isEqualTo(406);
      assertThat(answer.body()).contains("/problems/not-acceptable");
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "application/*",
        "application/problem+json, application/json;q=0.1",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "nonsense, application/json"
      })
  void answersJsonToEverybodyElse(String accept) throws Exception {
    for (HttpResponse<String> answer : answers(accept)) {
      assertThat(answer.statusCode()).as(answer.uri().toString()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    }
  }

  @Test
  void noCacheKeepsThatAMeowIsNotThereYet() throws Exception {
    HttpResponse<String> answer = index.get("/meows/" + feed.newId());

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  private List<HttpResponse<String>> answers(String accept) throws Exception {
    List<HttpResponse<String>> answers = new ArrayList<>();
    for (String path : List.of("/meows", "/meows/" + id, "/search?query=meow")) {
      answers.add(index.getWith("Accept", accept, path));
      answers.add(memory.getWith("Accept", accept, path));
    }
    return answers;
  }
}
