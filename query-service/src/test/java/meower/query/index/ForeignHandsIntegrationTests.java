package meower.query.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import meower.query.MeowFeed;
import meower.query.RunningService;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody who reaches Elasticsearch closes, deletes and replaces what is there. */
class ForeignHandsIntegrationTests {

  private static final List<String> READS =
      List.of("/meows?take=5", "/search?query=meow", "/search?query=meow&sort=newest");

  private final TestNats nats = TestServers.nats();
  private final TestElasticsearch elasticsearch = TestServers.elasticsearch();
  private final HttpClient http = HttpClient.newHttpClient();
  private MeowFeed feed;
  private RunningService service;
  private String index;

  @BeforeEach
  void begin() throws Exception {
    feed = MeowFeed.begin(nats, elasticsearch);
    service = RunningService.start(nats, elasticsearch, "--meower.index.check-every=1s");
    feed.publish(20);
    await().untilAsserted(() -> assertThat(service.timeline()).hasSize(20));
    index = send("GET", "/_cat/indices/meows-v*?h=index", "").strip();
  }

  @AfterEach
  void end() throws Exception {
    service.close();
    send("DELETE", "/meows,foreign,meows-foreign?ignore_unavailable=true", "");
    feed.close();
    http.close();
  }

  /** INDEX is the one that is read. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          closed by its name         | POST   | /INDEX/_close                  |
          closed by the alias        | POST   | /meows/_close                  |
          all closed                 | POST   | /_all/_close                   |
          deleted                    | DELETE | /INDEX                         |
          without its aliases        | DELETE | /INDEX/_alias/*                |
          another one is read, too   | PUT    | /foreign                       | {"aliases":{"meows":{}}}
          another one of ours, too   | PUT    | /meows-foreign                 | {"aliases":{"meows":{}}}
          """)
  void isRightAgain(String what, String method, String path, String body) throws Exception {
    send(method, path.replace("INDEX", index), body);

    assertIsRightAgain();
  }

  @ParameterizedTest
  @CsvSource({"INDEX", "meows"})
  void isRightAgainAfterAnotherOneHasItsName(String name) throws Exception {
    send("DELETE", "/" + index, "");
    send("PUT", "/" + name.replace("INDEX", index), "{\"settings\":{\"number_of_replicas\":0}}");

    assertIsRightAgain();
  }

  @Test
  void saysUntilThenThatItCannotBeRead() throws Exception {
    service.close();
    service = RunningService.start(nats, elasticsearch, "--meower.index.check-every=1h");
    await().untilAsserted(() -> assertThat(service.timeline()).hasSize(20));
    send("POST", "/" + index + "/_close", "");

    for (String read : READS) {
      assertThat(service.get(read).statusCode()).as(read).isEqualTo(503);
    }
    send("POST", "/" + index + "/_open", "");
    send("PUT", "/foreign", "{\"aliases\":{\"meows\":{}}}");
    for (String read : READS) {
      assertThat(service.get(read).statusCode()).as(read).isIn(200, 503);
    }
  }

  private void assertIsRightAgain() throws Exception {
    String fresh = feed.publish("a meow that comes afterwards");

    await()
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> {
          assertThat(send("GET", "/_cat/aliases/meows?h=index", "").strip())
              .matches("meows-v[0-9]+-[0-9a-z-]+");
          assertThat(service.timeline()).hasSize(21).startsWith(fresh);
        });
    for (String read : READS) {
      assertThat(service.get(read).statusCode()).as(read).isEqualTo(200);
    }
  }

  private String send(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(elasticsearch.url() + path))
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null || body.isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }
}
