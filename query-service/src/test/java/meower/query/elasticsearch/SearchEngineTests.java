package meower.query.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import meower.web.ProblemException;
import org.apache.http.HttpHost;
import org.elasticsearch.client.RestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

class SearchEngineTests {

  private final RestClient nobody = RestClient.builder(new HttpHost("localhost", 1)).build();
  private final SearchEngine engine =
      new SearchEngine(
          new ElasticsearchClient(new RestClientTransport(nobody, new Jackson3JsonpMapper())),
          new ElasticsearchProperties(
              "", "", "", Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1));

  @AfterEach
  void close() throws IOException {
    nobody.close();
  }

  @Test
  void isUnavailableWhileElasticsearchIsAway() {
    assertUnavailable(client -> throwing(new IOException("connection refused")));
  }

  @Test
  void isUnavailableWhileNoConnectionIsFree() {
    assertUnavailable(client ->
        throwing(new RuntimeException("error while performing request", new TimeoutException())));
  }

  @Test
  void isUnavailableWhileAsManyAskAsMay() {
    String answer =
        engine.ask(_ -> {
          assertUnavailable(_ -> "one too many");
          return "the one";
        });
    assertThat(answer).isEqualTo("the one");
    assertThat(engine.<String>ask(_ -> "the next")).isEqualTo("the next");
  }

  @Test
  void passesOtherFailuresOn() {
    assertThatIllegalStateException()
        .isThrownBy(() -> engine.ask(client -> throwing(new IllegalStateException("a bug"))));
  }

  private void assertUnavailable(SearchEngine.Question<String> question) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> engine.ask(question))
        .satisfies(problem ->
            assertThat(problem.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE));
  }

  private static String throwing(IOException e) throws IOException {
    throw e;
  }

  private static String throwing(RuntimeException e) {
    throw e;
  }
}
