package meower.e2e.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import meower.e2e.Answer;
import meower.e2e.Api;
import meower.e2e.RunningMeower;
import meower.e2e.operators.OperatorCommand;
import meower.standalone.demo.StatusApi;
import meower.standalone.stack.Part;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code docs/openapi.yaml} says how programs report who is here, and who hears of it. */
class PresenceDescriptionIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final RunningMeower meower = RunningMeower.get();
  private final Api api = new Api(meower.url());
  private final List<String> programs = new ArrayList<>();

  @AfterEach
  void restore() throws Exception {
    meower.restore();
    for (String program : programs) {
      OperatorCommand.run(meower.access(), "", "program", "remove", program);
    }
  }

  @Test
  void callback() throws Exception {
    sightings("/callback");
  }

  @Test
  void reportSightings() throws Exception {
    sightings("/presence/sightings");
  }

  private void sightings(String path) throws Exception {
    DescribedOperation operation = DescribedOperation.read(path, "post");
    String tester = program("presence");
    assertThat(json(operation, "POST", path, tester, "{\"object_ids\":[1]}")).isEqualTo(404);
    definePresence(tester);
    for (String ids : List.of("[1,2,2,\"van-7\"]", "[]", "null")) {
      String body = "{\"object_ids\":" + ids + "}";
      assertThat(json(operation, "POST", path, tester, body)).isEqualTo(202);
    }
    assertThat(json(operation, "POST", path, tester, "{}")).isEqualTo(400);
    assertThat(json(operation, "POST", path, tester, "{\"object_ids\":[1.5]}")).isEqualTo(400);
    assertThat(json(operation, "POST", path, "mwr_x", "{}")).isEqualTo(401);
    assertThat(json(operation, "POST", path, program("post"), "{}")).isEqualTo(403);
    assertThat(send(operation, "GET", path)).isEqualTo(405);
    String thousand = "{\"object_ids\":[" + "7,".repeat(999) + "7]}";
    await().atMost(SOON).until(() -> json(operation, "POST", path, tester, thousand) == 429);
    meower.stack().kill(Part.NATS);
    await()
        .atMost(SOON)
        .until(() -> json(operation, "POST", path, tester, "{\"object_ids\":[1]}") == 503);
    operation.checkThatAllWasSeen();
  }

  @Test
  void definePresence() throws Exception {
    DescribedOperation operation = DescribedOperation.read("/presence", "put");
    String tester = program("presence");
    String body = "{\"status_url\":\"https://example.org/{id}\",\"public\":true}";
    assertThat(json(operation, "PUT", "/presence", tester, body)).isEqualTo(201);
    assertThat(json(operation, "PUT", "/presence", tester, body)).isEqualTo(200);
    String unsafe = body.replace("https://example.org", "http://10.0.0.1");
    assertThat(json(operation, "PUT", "/presence", tester, unsafe)).isEqualTo(400);
    assertThat(json(operation, "PUT", "/presence", tester, "{}")).isEqualTo(400);
    assertThat(json(operation, "PUT", "/presence", "mwr_x", body)).isEqualTo(401);
    assertThat(json(operation, "PUT", "/presence", program("post"), body)).isEqualTo(403);
    assertThat(send(operation, "DELETE", "/presence")).isEqualTo(405);
    meower.stack().kill(Part.POSTGRES);
    await().atMost(SOON).until(() -> json(operation, "PUT", "/presence", tester, body) == 503);
    // 429 comes after hundreds of calls within a second.
    operation.checkThatAllWasSeenBut("429");
  }

  @Test
  void readPresence() throws Exception {
    DescribedOperation operation = DescribedOperation.read("/presence/{program}", "get");
    String tester = program("presence");
    String path = "/presence/" + programs.getFirst();
    assertThat(asked(operation, path, tester)).isEqualTo(404);
    definePresence(tester);
    assertThat(asked(operation, path, tester)).isEqualTo(200);
    String tag = api.send(authorized(path, tester)).headers().firstValue("ETag").orElseThrow();
    operation.checkParameter("If-None-Match");
    assertThat(
            checked(
                operation,
                URI.create(path),
                Answer.of(api.send(authorized(path, tester).header("If-None-Match", tag)))))
        .isEqualTo(304);
    assertRefusals(operation, path);
    meower.stack().kill(Part.PROGRAM);
    await().atMost(SOON).until(() -> asked(operation, path, tester) == 503);
    operation.checkThatAllWasSeenBut("429");
  }

  @Test
  void streamPresence() throws Exception {
    DescribedOperation operation = DescribedOperation.read("/presence/{program}/events", "get");
    String tester = program("presence");
    String path = "/presence/" + programs.getFirst() + "/events";
    assertThat(asked(operation, path, tester)).isEqualTo(404);
    definePresence(tester);
    assertRefusals(operation, path);
    operation.checkParameter("Last-Event-ID");
    // What goes on for an hour is read elsewhere; here it ends.
    meower.stack().kill(Part.PROGRAM);
    await().atMost(SOON).until(() -> asked(operation, path, tester) == 200);
    operation.checkThatAllWasSeenBut("429");
  }

  @Test
  void readObject() throws Exception {
    DescribedOperation operation = DescribedOperation.read("/presence/{program}/{id}", "get");
    try (StatusApi status = new StatusApi(0, Duration.ofMillis(1), Duration.ofMillis(5))) {
      String tester = program("presence", "--status-url", status.url());
      String path = "/presence/" + programs.getFirst() + "/2";
      assertThat(asked(operation, path, tester)).isEqualTo(404);
      api.send(
          authorized("/callback", tester)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"object_ids\":[2]}")));
      await().atMost(SOON).until(() -> asked(operation, path, tester) == 200);
      assertRefusals(operation, path);
      meower.stack().kill(Part.PROGRAM);
      await().atMost(SOON).until(() -> asked(operation, path, tester) == 503);
    }
    operation.checkThatAllWasSeenBut("429");
  }

  /** Returns the token of a new program. */
  private String program(String scope, String... further) throws Exception {
    String name = "described-" + Long.toString(System.nanoTime(), 36);
    List<String> words = new ArrayList<>(List.of("program", "add", name, "--may", scope));
    words.addAll(List.of(further));
    OperatorCommand.Result added =
        OperatorCommand.run(meower.access(), "", words.toArray(String[]::new));
    programs.add(name);
    return added
        .output()
        .lines()
        .filter(line -> line.startsWith("mwr_"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(added.output()));
  }

  /** Of strangers, of other programs, and of another method. */
  private void assertRefusals(DescribedOperation operation, String path) throws Exception {
    assertThat(asked(operation, path, "mwr_x")).isEqualTo(401);
    assertThat(asked(operation, path, program("presence"))).isEqualTo(403);
    assertThat(send(operation, "DELETE", path)).isEqualTo(405);
  }

  private void definePresence(String token) throws Exception {
    HttpRequest.Builder request =
        authorized("/presence", token)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"status_url\":\"https://127.0.0.1:9/{id}\"}"));
    assertThat(api.send(request).statusCode()).isEqualTo(201);
  }

  private HttpRequest.Builder authorized(String path, String token) {
    return api.request(path).header("Authorization", "Bearer " + token);
  }

  private int asked(DescribedOperation operation, String path, String token) throws Exception {
    return checked(operation, URI.create(path), Answer.of(api.send(authorized(path, token))));
  }

  private int json(
      DescribedOperation operation, String method, String path, String token, String body)
      throws Exception {
    HttpRequest.Builder request =
        authorized(path, token)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    return checked(operation, URI.create(path), Answer.of(api.send(request)));
  }

  private int send(DescribedOperation operation, String method, String target) throws Exception {
    HttpRequest.Builder request = api.request(target).method(method, BodyPublishers.noBody());
    return checked(operation, URI.create(target), Answer.of(api.send(request)));
  }

  private static int checked(DescribedOperation operation, URI target, Answer answer) {
    operation.check(target, answer);
    return answer.status();
  }
}
