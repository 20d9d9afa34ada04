package meower.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import meower.command.RunningService.Posted;
import meower.testservers.AcceptCases;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every door of the service takes the header {@code Accept} in the same way. */
class AcceptIntegrationTests {

  private static final String JSON = "application/json";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static RunningService service;

  @BeforeAll
  static void start() throws Exception {
    TestPostgres postgres = TestServers.postgres();
    service = RunningService.start(postgres, postgres.createDatabase(), TestServers.nats());
    await().atMost(Duration.ofSeconds(20)).until(() -> service.get("/readyz").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void nothingIsStoredForWhoTakesNoJson() throws Exception {
    Posted meow = Posted.of(service.post("it stays"));
    int before = events();
    for (String accept : AcceptCases.refusing(JSON)) {
      assertRefused(accept, send("POST", "/meows", meow, accept));
      assertRefused(accept, send("PUT", "/meows/" + meow.id(), meow, accept));
      assertRefused(accept, send("DELETE", "/meows/" + meow.id(), meow, accept));
    }
    assertThat(events()).isEqualTo(before);
  }

  @Test
  void everybodyElseIsServed() throws Exception {
    for (String accept : AcceptCases.allowing(JSON)) {
      HttpResponse<String> posted = send("POST", "/meows", new Posted("", "none"), accept);
      assertThat(posted.statusCode()).as(accept).isEqualTo(201);
      assertThat(posted.headers().firstValue("Content-Type")).as(accept).contains(JSON);
      Posted meow = Posted.of(posted);
      HttpResponse<String> edited = send("PUT", "/meows/" + meow.id(), meow, accept);
      assertThat(edited.statusCode()).as(accept).isEqualTo(200);
      assertThat(edited.headers().firstValue("Content-Type")).as(accept).contains(JSON);
      assertThat(send("DELETE", "/meows/" + meow.id(), meow, accept).statusCode())
          .as(accept)
          .isEqualTo(204);
    }
  }

  private static void assertRefused(String accept, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(accept).isEqualTo(406);
    assertThat(answer.body()).contains("/problems/not-acceptable");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  private static HttpResponse<String> send(String method, String path, Posted meow, String accept)
      throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(service.address("http", path)))
            .header("Content-Type", JSON)
            .header("Accept", accept)
            .header("Meower-Undo", meow.undo())
            .method(
                method,
                method.equals("DELETE")
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString("{\"body\":\"a text\"}"))
            .build(),
        BodyHandlers.ofString());
  }

  private static int events() {
    return service
        .bean(JdbcClient.class)
        .sql("select count(*) from meow_event")
        .query(Integer.class)
        .single();
  }
}
