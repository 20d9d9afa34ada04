package meower.e2e.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import meower.e2e.Api;
import meower.e2e.RunningMeower;
import meower.e2e.operators.OperatorCommand;
import meower.testservers.AcceptCases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is true of every address, through nginx. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorsIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String[] METHODS = {
    "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "NONSENSE"
  };

  private final RunningMeower meower = RunningMeower.get();
  private final Api api = new Api(meower.url());
  private final String program = "letter-" + Long.toString(System.nanoTime(), 36);
  private String secret = "";
  private String undo = "";
  private String meow = "";
  private List<Door> doors = List.of();

  @BeforeAll
  void open() throws Exception {
    secret =
        OperatorCommand.run(
                meower.access(), "", "program", "add", program, "--may", "queues,presence")
            .output()
            .lines()
            .filter(line -> line.startsWith("mwr_"))
            .findFirst()
            .orElseThrow();
    HttpResponse<String> posted = api.post("wantedletter");
    undo = posted.headers().firstValue("Meower-Undo").orElseThrow();
    meow = Api.json(posted).get("id").stringValue();
    doors = Door.all(meow, program, program);
    assertThat(send(door("PUT", "/queues/" + program)).statusCode()).isEqualTo(201);
    await().atMost(SOON).until(() -> api.search("wantedletter").size() == 1);
  }

  @AfterAll
  void close() throws Exception {
    send(door("DELETE", "/queues/" + program));
    OperatorCommand.run(meower.access(), "", "program", "remove", program);
  }

  @Test
  void nothingIsDoneForWhoDoesNotTakeTheAnswer() throws Exception {
    for (Door door : doors) {
      for (String accept : AcceptCases.refusing(door.answers())) {
        HttpResponse<String> answer = send(door, "Accept", accept);
        assertProblem(answer, 406, "/problems/not-acceptable", door + " " + accept);
      }
    }
    assertThat(Api.json(api.get("/meows/" + meow)).has("revision")).isFalse();
    JsonNode queue = Api.json(send(door("GET", "/queues/" + program)));
    assertThat(queue.get("ready").intValue()).isZero();
    assertThat(queue.get("lease").stringValue()).isNotBlank();
    HttpResponse<String> after = api.post("wantedletter afterwards");
    assertThat(after.statusCode()).isEqualTo(201);
    await().atMost(SOON).until(() -> api.search("wantedletter afterwards").size() == 1);
    assertThat(api.search("unwantedletter")).isEmpty();
  }

  @Test
  void everybodyElseIsServed() throws Exception {
    for (Door door : doors) {
      if (door.method().equals("GET") && !door.path().endsWith("events")) {
        int status = send(door).statusCode();
        for (String accept : AcceptCases.allowing(door.answers())) {
          HttpResponse<String> answer = send(door, "Accept", accept);
          assertThat(answer.statusCode()).as(door + " " + accept).isEqualTo(status);
          if (status == 200) {
            assertThat(answer.headers().firstValue("Content-Type"))
                .as(door + " " + accept)
                .get()
                .asString()
                .startsWith(isForPeople(door, accept) ? "text/html" : door.answers());
          }
        }
      }
    }
    for (String accept : AcceptCases.allowing("application/json")) {
      HttpResponse<String> posted =
          api.send(
              api.request("/meows?body=servedletter")
                  .header("Accept", accept)
                  .POST(BodyPublishers.noBody()));
      assertThat(posted.statusCode()).as(accept).isEqualTo(201);
      assertThat(posted.headers().firstValue("Content-Type")).contains("application/json");
    }
  }

  /** Whoever opens a meow in a browser is shown a page. */
  private boolean isForPeople(Door door, String accept) {
    return door.path().equals("/meows/" + meow) && accept.startsWith("text/html");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "identity, gzip"})
  void refusesABodyThatIsPacked(String coding) throws Exception {
    for (Door door : doors) {
      if (!door.content().isEmpty()) {
        HttpResponse<String> answer =
            api.send(
                request(door, "Content-Encoding", coding)
                    .method(door.method(), BodyPublishers.ofByteArray(gzip(door.bytes()))));
        assertProblem(answer, 415, "/problems/unsupported-media-type", door.toString());
        assertThat(Api.json(answer).get("detail").stringValue()).contains("without compressing");
        assertThat(answer.headers().firstValue("Accept-Encoding")).contains("identity");
      }
    }
  }

  @Test
  void refusesTwoKeys() throws Exception {
    for (Door door : doors.stream().filter(Door::isKeyed).toList()) {
      HttpResponse<String> answer =
          send(door, "Idempotency-Key", "a-key-of-this-request", "Idempotency-Key", "another-key");
      assertProblem(answer, 400, "/problems/invalid-parameter", door.toString());
      assertThat(Api.json(answer).get("parameter").stringValue()).isEqualTo("Idempotency-Key");
    }
  }

  @Test
  void whatAClientSaysOfItselfMakesNoKey() throws Exception {
    String[] forged = {"Meower-Attempt", "letter", "X-Request-Id", "letter"};
    String first = idOf(post("{\"body\":\"letter of nobody\"}", forged));
    assertThat(idOf(post("{\"body\":\"letter of nobody\"}", forged))).isNotEqualTo(first);

    String[] here = {"Idempotency-Key", "letter-1", "X-Forwarded-For", "203.0.113.7"};
    String[] there = {"Idempotency-Key", "letter-1", "X-Forwarded-For", "203.0.113.8"};
    String keyed = idOf(post("{\"body\":\"letter with a key\"}", here));
    assertThat(idOf(post("{\"body\":\"letter with a key\"}", there))).isEqualTo(keyed);
  }

  @Test
  void whatIsRefusedIsNotAllowed() throws Exception {
    Stream<String> paths =
        Stream.concat(
            doors.stream().map(Door::path),
            Stream.of(
                "/",
                "/index.html",
                "/wall",
                "/wall/setup",
                "/healthz",
                "/pusher",
                "/publish",
                "/nothing",
                "/queues/" + program + "/nothing",
                "/queues/" + program + "/publish/nothing",
                "/queues/" + program + "/push",
                "/presence/sightings/nothing"));
    for (String path : paths.distinct().toList()) {
      for (String method : METHODS) {
        if (path.endsWith("/events") && method.equals("GET")) {
          continue; // it does not end
        }
        HttpResponse<String> answer =
            send(new Door(method, path, "", ""), "Accept", "application/x-nothing");
        List<String> allowed = answer.headers().allValues("Allow");
        if (answer.statusCode() == 405) {
          assertThat(allowed).as(method + " " + path).hasSize(1);
          assertThat(List.of(allowed.getFirst().split(", ", -1)))
              .as(method + " " + path)
              .isNotEmpty()
              .doesNotContain(method);
        } else if (!method.equals("OPTIONS")) {
          assertThat(allowed).as(method + " " + path).isEmpty();
        }
      }
    }
  }

  @Test
  void whatHasNotChangedSaysWhatItDependsOn() throws Exception {
    int unchanged = 0;
    for (Door door : doors) {
      if (door.method().equals("GET") && !door.path().endsWith("events")) {
        HttpResponse<String> answer = send(door);
        if (answer.statusCode() == 200) {
          assertThat(answer.headers().firstValue("Vary")).as(door.toString()).isPresent();
        }
        String tag = answer.headers().firstValue("ETag").orElse("");
        if (!tag.isEmpty()) {
          HttpResponse<String> again = send(door, "If-None-Match", tag);
          if (again.statusCode() == 304) {
            unchanged++;
            assertThat(again.headers().firstValue("Vary")).as(door.toString()).isPresent();
          }
        }
      }
    }
    assertThat(unchanged).isGreaterThanOrEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {96, 120, 400})
  void refusesMoreLinesThanAServiceTakes(int lines) throws Exception {
    String[] headers =
        IntStream.range(0, lines)
            .boxed()
            .flatMap(i -> Stream.of("X-L", "1"))
            .toArray(String[]::new);
    for (Door door : doors) {
      // The newest are asked of the service without what a client says of itself.
      if (!door.method().equals("GET") || !door.path().matches("/meows(\\?take=50)?")) {
        assertProblem(send(door, headers), 431, "/problems/headers-too-large", door.toString());
      }
    }
  }

  @Test
  void refusesHeadersOfMoreThan8KilobytesTogether() throws Exception {
    String[] headers =
        IntStream.range(0, 9)
            .boxed()
            .flatMap(i -> Stream.of("X-Long", "x".repeat(990)))
            .toArray(String[]::new);
    for (Door door : doors) {
      assertProblem(send(door, headers), 431, "/problems/headers-too-large", door.toString());
    }
  }

  private static void assertProblem(
      HttpResponse<String> answer, int status, String type, String what) {
    assertThat(answer.statusCode()).as(what).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type"))
        .as(what)
        .contains("application/problem+json");
    assertThat(answer.headers().firstValue("Cache-Control")).as(what).contains("no-store");
    assertThat(Api.json(answer).get("type").stringValue()).as(what).isEqualTo(type);
    assertThat(Api.json(answer).get("detail").stringValue()).as(what).isNotBlank();
  }

  private static String idOf(HttpResponse<String> posted) {
    assertThat(posted.statusCode()).as(posted.body()).isEqualTo(201);
    return Api.json(posted).get("id").stringValue();
  }

  private HttpResponse<String> post(String json, String... headers) throws Exception {
    return send(new Door("POST", "/meows", json, ""), headers);
  }

  private Door door(String method, String path) {
    return doors.stream()
        .filter(door -> door.method().equals(method) && door.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private HttpResponse<String> send(Door door, String... headers) throws Exception {
    return api.send(
        request(door, headers)
            .method(
                door.method(),
                door.content().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(door.bytes())));
  }

  private HttpRequest.Builder request(Door door, String... headers) {
    HttpRequest.Builder request =
        api.request(door.path())
            .header("Authorization", "Bearer " + secret)
            .header("Meower-Undo", undo);
    if (!door.content().isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request;
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }
}
