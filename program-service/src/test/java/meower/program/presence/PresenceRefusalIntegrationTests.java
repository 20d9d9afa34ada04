package meower.program.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import meower.program.RunningService;
import meower.program.TestProgram;
import meower.standalone.demo.StatusApi;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls about who is here that are refused, and why. */
class PresenceRefusalIntegrationTests {

  private static RunningService service;
  private static TestPostgres postgres;
  private static StatusApi status;
  private static TestProgram owner;

  @BeforeAll
  static void start() throws Exception {
    postgres = TestServers.postgres();
    service =
        RunningService.start(
            postgres,
            postgres.createDatabase(),
            TestServers.nats().url(),
            Fixture.settings(
                "--meower.presence.objects=5", "--meower.presence.sightings-per-second=1500"));
    status = Fixture.quick();
    owner = service.asReporter("owner");
    Fixture.define(owner, status, "");
  }

  @AfterAll
  static void stop() {
    status.close();
    service.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT  | /presence | {}                                          | 400 | invalid-parameter | status_url",
        "PUT  | /presence | []                                          | 400 | malformed-request | ",
        "PUT  | /presence | {\"status_url\":1}                          | 400 | invalid-parameter | status_url",
        "PUT  | /presence | {\"status_url\":\"https://x.org/\"}         | 400 | invalid-parameter | status_url",
        "PUT  | /presence | {\"status_url\":\"https://{id}.org/\"}      | 400 | invalid-parameter | status_url",
        "PUT  | /presence | {\"status_url\":\"{id}\"}                   | 400 | invalid-parameter | status_url",
        "PUT  | /presence | {\"status_url\":\"ftp://x.org/{id}\"}       | 400 | unsafe-url | ",
        "PUT  | /presence | {\"status_url\":\"http://10.0.0.1/{id}\"}   | 400 | unsafe-url | ",
        "PUT  | /presence | {\"status_url\":\"https://u:p@x.org/{id}\"} | 400 | unsafe-url | ",
        "PUT  | /presence | {\"status_url\":\"https://x.org/{id}\",\"online_for\":30} | 400 | invalid-parameter | online_for",
        "PUT  | /presence | {\"status_url\":\"https://x.org/{id}\",\"timeout\":\"2m\"} | 400 | invalid-parameter | timeout",
        "PUT  | /presence | {\"status_url\":\"https://x.org/{id}\",\"max_in_flight\":0} | 400 | invalid-parameter | max_in_flight",
        "PUT  | /presence | {\"status_url\":\"https://x.org/{id}\",\"max_in_flight\":5001} | 400 | invalid-parameter | max_in_flight",
        "PUT  | /presence | {\"status_url\":\"https://x.org/{id}\",\"public\":1} | 400 | invalid-parameter | public",
        "PUT  | /presence | {\"status_url\":\"https://x.org/{id}\",\"url\":1} | 400 | invalid-parameter | url",
        "POST | /callback | {}                        | 400 | invalid-parameter | object_ids",
        "POST | /callback | []                        | 400 | invalid-parameter | object_ids",
        "POST | /callback | x                         | 400 | malformed-request | ",
        "POST | /callback | {\"object_ids\":7}        | 400 | invalid-parameter | object_ids",
        "POST | /callback | {\"object_ids\":[1,1.5]}  | 400 | invalid-parameter | object_ids[1]",
        "POST | /callback | {\"object_ids\":[null]}   | 400 | invalid-parameter | object_ids[0]",
        "POST | /callback | {\"object_ids\":[\"\"]}   | 400 | invalid-parameter | object_ids[0]",
        "POST | /callback | {\"object_ids\":[\"a\\u0000b\"]} | 400 | invalid-parameter | object_ids[0]",
        "POST | /callback | {\"object_ids\":[\"\\ud800\"]} | 400 | invalid-parameter | object_ids[0]",
        "POST | /presence/sightings | {\"object_ids\":[true]} | 400 | invalid-parameter | object_ids[0]",
        "GET  | /presence/nobody |  | 404 | unknown-presence | ",
        "GET  | /presence/owner/5 |  | 404 | not-here | ",
        "GET  | /callback |  | 405 | method-not-allowed | ",
      })
  void refuses(String method, String path, String body, int code, String type, String parameter) {
    HttpResponse<String> answer =
        owner.send(method, path, body, "Content-Type", "application/json");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(code);
    assertThat(TestProgram.json(answer).path("type").asString()).isEqualTo("/problems/" + type);
    assertThat(TestProgram.json(answer).path("parameter").asString(null)).isEqualTo(parameter);
  }

  @Test
  void refusesMoreThanFitsIntoACall() {
    assertThat(report("\"" + "x".repeat(101) + "\"").statusCode()).isEqualTo(400);
    assertThat(report("1,".repeat(1000) + "1").statusCode()).isEqualTo(400);
    assertThat(report("\"" + "x".repeat(1_050_000) + "\"").statusCode()).isEqualTo(413);
    assertThat(owner.send("POST", "/callback", "a=b", "Content-Type", "text/plain").statusCode())
        .isEqualTo(415);
  }

  @Test
  void takesNoSightings() {
    assertThat(report("").body()).isEqualTo("{\"accepted\":0}");
    assertThat(owner.postJson("/callback", "{\"object_ids\":null}").statusCode()).isEqualTo(202);
  }

  @Test
  void refusesMoreThanAProgramMayReportASecond() {
    TestProgram eager = service.asReporter("eager");
    Fixture.define(eager, status, "");
    String thousand = "1,".repeat(999) + "1";
    HttpResponse<String> last = Fixture.report(eager, thousand);
    for (int i = 0; i < 3 && last.statusCode() == 202; i++) {
      last = Fixture.report(eager, thousand);
    }
    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(last.headers().firstValue("Retry-After")).contains("1");
    assertThat(last.body()).contains("/problems/too-many-calls", "none was taken");
  }

  @Test
  void letsNoMoreInThanAProgramMayHave() throws Exception {
    TestProgram full = service.asReporter("full");
    Fixture.define(full, status, "");
    for (int i = 0; i < 3; i++) {
      Fixture.report(full, even(4 * i));
    }
    await().atMost(Fixture.SOON).until(() -> service.metric("meower.presence.refused") >= 1);
    await().atMost(Fixture.SOON).until(() -> Fixture.here(full, "full").size() == 5);
  }

  @Test
  void refusesWhoMayNot() {
    assertThat(new TestProgram(service.url(), null).get("/presence/owner").statusCode())
        .isEqualTo(401);
    HttpResponse<String> refused = service.as("owner").get("/presence/owner");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("scope presence");
    TestProgram undefined = service.asReporter("undefined");
    HttpResponse<String> nowhere = Fixture.report(undefined, "1");
    assertThat(nowhere.statusCode()).isEqualTo(404);
    assertThat(nowhere.body()).contains("/problems/unknown-presence", "--status-url");
  }

  @Test
  void callsNoPartOfMeower() {
    int postgresPort = URI.create(postgres.jdbcUrl().substring("jdbc:".length())).getPort();
    int natsPort = URI.create(TestServers.nats().url()).getPort();
    int ownPort = URI.create(service.url()).getPort();
    for (int port : new int[] {postgresPort, natsPort, ownPort}) {
      HttpResponse<String> refused =
          owner.send(
              "PUT",
              "/presence",
              "{\"status_url\":\"http://127.0.0.1:" + port + "/{id}\"}",
              "Content-Type",
              "application/json");
      assertThat(refused.statusCode()).as("port " + port).isEqualTo(400);
      assertThat(refused.body()).contains("/problems/unsafe-url");
    }
  }

  private static String even(int from) {
    return IntStream.range(from, from + 4)
        .mapToObj(i -> String.valueOf(2 * i))
        .collect(Collectors.joining(","));
  }

  private static HttpResponse<String> report(String ids) {
    return Fixture.report(owner, ids);
  }
}
