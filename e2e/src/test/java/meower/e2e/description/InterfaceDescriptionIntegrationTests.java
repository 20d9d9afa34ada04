package meower.e2e.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import meower.e2e.Answer;
import meower.e2e.Api;
import meower.e2e.RunningMeower;
import meower.e2e.operators.OperatorCommand;
import meower.standalone.demo.StatusApi;
import meower.standalone.stack.Part;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * {@code docs/openapi.yaml} says what Meower does: each operation is asked for all that it is said
 * to answer, in the test of its name.
 */
class InterfaceDescriptionIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int MORE_THAN_THE_BURST = 60;

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
  void postMeow() throws Exception {
    DescribedOperation operation = DescribedOperation.read("/meows", "post");
    assertThat(post(operation, "application/json", "{\"body\": \"described 🐈\"}")).isEqualTo(201);
    assertThat(post(operation, "application/x-www-form-urlencoded", "body=form")).isEqualTo(201);
    assertThat(send(operation, "POST", "/meows?body=described+query")).isEqualTo(201);
    for (String body : List.of(" ", "a\\u0007", "x".repeat(141), "x\\n".repeat(9) + "x")) {
      assertThat(post(operation, "application/json", "{\"body\": \"" + body + "\"}"))
          .isEqualTo(400);
    }
    assertThat(post(operation, "application/json", "{")).isEqualTo(400);
    assertThat(post(operation, "application/json", "x".repeat(17_000))).isEqualTo(413);
    assertThat(post(operation, "text/plain", "hi")).isEqualTo(415);
    assertThat(postWithKey(operation, "described key", "described 1")).isEqualTo(201);
    assertThat(postWithKey(operation, "described key", "described 1")).isEqualTo(201);
    assertThat(postWithKey(operation, "another meow", "described 1")).isEqualTo(422);
    assertThat(postWithKey(operation, "described key", "x".repeat(256))).isEqualTo(400);
    delete(api.send(keyed("described and deleted")));
    assertThat(
            checked(
                operation,
                URI.create("/meows"),
                Answer.of(api.send(keyed("described and deleted")))))
        .isEqualTo(410);
    assertThat(send(operation, "DELETE", "/meows")).isEqualTo(405);
    assertThat(send(operation, "POST", "/meows?body=" + "x".repeat(7_000))).isEqualTo(414);
    assertThat(flood(operation)).contains(201, 429);
    meower.stack().pause(Part.POSTGRES);
    assertThat(send(operation, "POST", "/meows?body=described+later")).isEqualTo(503);
    meower.stack().kill(Part.COMMAND);
    assertThat(send(operation, "POST", "/meows?body=described+later")).isEqualTo(503);
    operation.checkThatAllWasSeen();
  }

  @Test
  void readTimeline() throws Exception {
    DescribedOperation operation = DescribedOperation.read("/meows", "get");
    String first = indexed("described page 1");
    String last = indexed("described page 2");
    assertThat(send(operation, "GET", "/meows?take=1&skip=1")).isEqualTo(200);
    assertThat(send(operation, "GET", "/meows?take=1&before=" + last)).isEqualTo(200);
    assertThat(send(operation, "GET", "/meows?after=" + first)).isEqualTo(200);
    assertThat(send(operation, "GET", "/meows?ids=" + last + "," + first)).isEqualTo(200);
    for (String parameter : List.of("take=0", "skip=-1", "before=x", "after=%ff", "ids=x")) {
      assertThat(send(operation, "GET", "/meows?" + parameter)).isEqualTo(400);
    }
    assertThat(send(operation, "DELETE", "/meows")).isEqualTo(405);
    assertThat(sendUnless(operation, "/meows?take=2")).isEqualTo(304);
    meower.stack().kill(Part.QUERY);
    await().atMost(SOON).until(() -> send(operation, "GET", "/meows?take=3") == 503);
    operation.checkThatAllWasSeen();
  }

  @Test
  void readMeow() throws Exception {
    DescribedOperation operation = DescribedOperation.read("/meows/{id}", "get");
    String meow = "/meows/" + indexed("described alone");
    assertThat(send(operation, "GET", meow)).isEqualTo(200);
    assertThat(send(operation, "GET", meow + "?wait=2s")).isEqualTo(200);
    assertThat(send(operation, "GET", meow + "?wait=2s&revision=1")).isEqualTo(200);
    assertThat(send(operation, "GET", meow + "?wait=6s")).isEqualTo(400);
    assertThat(sendUnless(operation, meow)).isEqualTo(304);
    String unknown = "/meows/000000000000000000000000000";
    assertThat(send(operation, "GET", unknown)).isEqualTo(404);
    assertThat(send(operation, "GET", "/meows/nonsense")).isEqualTo(404);
    assertThat(send(operation, "PATCH", meow)).isEqualTo(405);
    assertThat(send(operation, "GET", "/meows/" + deleted("described and gone"))).isEqualTo(410);
    meower.stack().pause(Part.ELASTICSEARCH);
    // Not at once: what it was just doing it may still finish.
    await().untilAsserted(() -> assertThat(send(operation, "GET", unknown)).isEqualTo(503));
    assertThat(send(operation, "GET", meow)).as("one of the newest").isEqualTo(200);
    operation.checkThatAllWasSeen();
  }

  @Test
  void editMeow() throws Exception {
    DescribedOperation operation = DescribedOperation.read("/meows/{id}", "put");
    HttpResponse<String> meow = api.post("described edit");
    assertThat(edit(operation, meow, "first edit")).isEqualTo(200);
    assertThat(edit(operation, meow, "first edit")).isEqualTo(200);
    assertThat(edit(operation, meow, " ")).isEqualTo(400);
    operation.checkParameter("If-Match");
    assertThat(edit(operation, meow, "unseen", "If-Match", "\"1\"")).isEqualTo(412);
    assertThat(edit(operation, meow, "seen", "If-Match", "\"2\"")).isEqualTo(200);
    assertThat(send(operation, "PUT", path(meow))).isEqualTo(403);
    assertThat(send(operation, "PUT", "/meows/nonsense")).isEqualTo(404);
    assertThat(send(operation, "POST", path(meow))).isEqualTo(405);
    for (int i = 3; i <= 20; i++) {
      assertThat(edit(operation, meow, "edit " + i)).isEqualTo(200);
    }
    assertThat(edit(operation, meow, "one too many")).isEqualTo(409);
    delete(meow);
    assertThat(edit(operation, meow, "too late")).isEqualTo(410);
    meower.stack().pause(Part.POSTGRES);
    assertThat(edit(operation, meow, "now")).isEqualTo(503);
    operation.checkThatAllWasSeen();
  }

  @Test
  void deleteMeow() throws Exception {
    DescribedOperation operation = DescribedOperation.read("/meows/{id}", "delete");
    HttpResponse<String> meow = api.post("described deletion");
    assertThat(send(operation, "DELETE", path(meow))).isEqualTo(403);
    assertThat(send(operation, "DELETE", "/meows/nonsense")).isEqualTo(404);
    operation.checkParameter("Meower-Undo");
    for (int i = 0; i < 2; i++) {
      assertThat(checked(operation, URI.create(path(meow)), Answer.of(delete(meow))))
          .isEqualTo(204);
    }
    assertThat(send(operation, "POST", path(meow))).isEqualTo(405);
    meower.stack().pause(Part.POSTGRES);
    assertThat(checked(operation, URI.create(path(meow)), Answer.of(delete(meow)))).isEqualTo(503);
    // 409 comes after a quarter of an hour.
    operation.checkThatAllWasSeenBut("409");
  }

  @Test
  void readHistory() throws Exception {
    DescribedOperation operation = DescribedOperation.read("/meows/{id}/history", "get");
    String history = "/meows/" + indexed("described history") + "/history";
    assertThat(send(operation, "GET", history)).isEqualTo(200);
    assertThat(send(operation, "GET", "/meows/nonsense/history")).isEqualTo(404);
    assertThat(send(operation, "POST", history)).isEqualTo(405);
    String gone = deleted("described without a history");
    assertThat(send(operation, "GET", "/meows/" + gone + "/history")).isEqualTo(410);
    meower.stack().kill(Part.QUERY);
    assertThat(send(operation, "GET", history)).isEqualTo(503);
    operation.checkThatAllWasSeen();
  }

  @Test
  void search() throws Exception {
    DescribedOperation operation = DescribedOperation.read("/search", "get");
    indexed("described Möwenpost");
    assertThat(send(operation, "GET", "/search?query=mowenpost&sort=newest&take=5&skip=0"))
        .isEqualTo(200);
    String position =
        api.get("/meows?take=1").headers().firstValue("Meower-Position").orElseThrow();
    assertThat(send(operation, "GET", "/search?query=nothinglikethis&position=" + position))
        .isEqualTo(200);
    for (String query : List.of("sort=newest", "query=x&sort=oldest", "query=x&take=501")) {
      assertThat(send(operation, "GET", "/search?" + query)).isEqualTo(400);
    }
    assertThat(send(operation, "POST", "/search?query=x")).isEqualTo(405);
    meower.stack().kill(Part.QUERY);
    assertThat(send(operation, "GET", "/search?query=x")).isEqualTo(503);
    operation.checkThatAllWasSeen();
  }

  @Test
  void atomFeed() throws Exception {
    feed(DescribedOperation.read("/feed.atom", "get"), "/feed.atom");
  }

  @Test
  void jsonFeed() throws Exception {
    assertThat(Api.json(api.get("/feed.json")).get("feed_url").stringValue())
        .isEqualTo(meower.url() + "/feed.json");
    feed(DescribedOperation.read("/feed.json", "get"), "/feed.json");
  }

  private void feed(DescribedOperation operation, String path) throws Exception {
    indexed("described #feedreader");
    assertThat(send(operation, "GET", path + "?take=5")).isEqualTo(200);
    assertThat(send(operation, "GET", path + "?query=feedreader")).isEqualTo(200);
    assertThat(sendUnless(operation, path + "?topic=%23feedreader")).isEqualTo(304);
    for (String query : List.of("topic=cats", "take=101", "query=")) {
      assertThat(send(operation, "GET", path + "?" + query)).isEqualTo(400);
    }
    assertThat(send(operation, "POST", path)).isEqualTo(405);
    meower.stack().kill(Part.QUERY);
    assertThat(send(operation, "GET", path)).isEqualTo(503);
    operation.checkThatAllWasSeen();
  }

  @Test
  void streamEvents() throws Exception {
    DescribedOperation operation = DescribedOperation.read("/events", "get");
    assertThat(send(operation, "GET", "/events?topic=cats")).isEqualTo(400);
    assertThat(send(operation, "POST", "/events")).isEqualTo(405);
    operation.checkParameter("Last-Event-ID");
    assertThat(send(operation, "GET", "/events?online=2")).isEqualTo(400);
    assertThat(send(operation, "GET", "/events?query=")).isEqualTo(400);
    // What goes on for ever is read in the tests of the pusher; here it ends.
    meower.stack().kill(Part.PUSHER);
    assertThat(send(operation, "GET", "/events?after=x-1&online=1")).isEqualTo(200);
    operation.checkThatAllWasSeen();
  }

  @Test
  void openFeed() throws Exception {
    DescribedOperation operation = DescribedOperation.read("/pusher", "get");
    assertThat(handshake(operation, meower.url(), "?after=x-1")).isEqualTo(101);
    assertThat(handshake(operation, meower.url(), "?topic=%23cats")).isEqualTo(101);
    assertThat(handshake(operation, meower.url(), "?query=cat+food")).isEqualTo(101);
    assertThat(handshake(operation, meower.url(), "?online=1")).isEqualTo(101);
    assertThat(handshake(operation, meower.url(), "?online=2")).isEqualTo(400);
    assertThat(handshake(operation, meower.url(), "?topic=cats")).isEqualTo(400);
    assertThat(handshake(operation, "https://elsewhere.example", "")).isEqualTo(403);
    assertThat(send(operation, "GET", "/pusher")).isEqualTo(426);
    assertThat(send(operation, "POST", "/pusher")).isEqualTo(405);
    meower.stack().kill(Part.PUSHER);
    assertThat(handshake(operation, meower.url(), "")).isEqualTo(503);
    operation.checkThatAllWasSeen();
  }

  @Test
  void health() throws Exception {
    DescribedOperation operation = DescribedOperation.read("/healthz", "get");
    assertThat(send(operation, "GET", "/healthz")).isEqualTo(200);
    assertThat(send(operation, "DELETE", "/healthz")).isEqualTo(405);
    meower.stack().pause(Part.QUERY);
    // Asked of the services once a second.
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(send(operation, "GET", "/healthz")).isEqualTo(503));
    operation.checkThatAllWasSeen();
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
    assertThat(asked(operation, path, "mwr_x")).isEqualTo(401);
    assertThat(asked(operation, path, program("presence"))).isEqualTo(403);
    assertThat(send(operation, "DELETE", path)).isEqualTo(405);
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
    assertThat(asked(operation, path, "mwr_x")).isEqualTo(401);
    assertThat(asked(operation, path, program("presence"))).isEqualTo(403);
    assertThat(send(operation, "DELETE", path)).isEqualTo(405);
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
      assertThat(asked(operation, path, "mwr_x")).isEqualTo(401);
      assertThat(asked(operation, path, program("presence"))).isEqualTo(403);
      assertThat(send(operation, "DELETE", path)).isEqualTo(405);
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

  @Test
  void everyOperationHasATestOfItsName() throws IOException {
    Stream<String> tests =
        Stream.of(getClass(), QueueDescriptionIntegrationTests.class)
            .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
            .map(method -> method.getName());
    assertThat(tests)
        .containsAll(
            Description.read("openapi.yaml").root().node().findValuesAsString("operationId"));
  }

  private String indexed(String body) throws Exception {
    JsonNode meow = Api.json(api.post(body));
    String id = meow.get("id").stringValue();
    await().atMost(SOON).until(() -> api.get("/meows/" + id).statusCode() == 200);
    return id;
  }

  /** Returns the id of a meow that everybody knows to be deleted. */
  private String deleted(String body) throws Exception {
    HttpResponse<String> meow = api.post(body);
    String id = Api.json(meow).get("id").stringValue();
    await().atMost(SOON).until(() -> api.get("/meows/" + id).statusCode() == 200);
    delete(meow);
    await().atMost(SOON).until(() -> api.get("/meows/" + id).statusCode() == 410);
    return id;
  }

  private HttpResponse<String> delete(HttpResponse<String> meow) throws Exception {
    return api.send(
        api.request(path(meow))
            .header("Meower-Undo", meow.headers().firstValue("Meower-Undo").orElseThrow())
            .DELETE());
  }

  private int edit(
      DescribedOperation operation, HttpResponse<String> meow, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        api.request(path(meow))
            .header("Meower-Undo", meow.headers().firstValue("Meower-Undo").orElseThrow())
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"body\": \"" + body + "\"}"));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    operation.checkParameter("Meower-Undo");
    return checked(operation, URI.create(path(meow)), Answer.of(api.send(request)));
  }

  private static String path(HttpResponse<String> meow) {
    return "/meows/" + Api.json(meow).get("id").stringValue();
  }

  private HttpRequest.Builder keyed(String body) {
    return api.request("/meows?body=" + Api.encode(body))
        .header("Idempotency-Key", body)
        .POST(BodyPublishers.noBody());
  }

  private int post(DescribedOperation operation, String type, String content) throws Exception {
    URI target = URI.create("/meows");
    return checked(
        operation,
        target,
        Answer.of(
            api.send(
                api.request("/meows")
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofString(content)))));
  }

  private int postWithKey(DescribedOperation operation, String body, String key) throws Exception {
    HttpRequest.Builder request =
        api.request("/meows?body=" + Api.encode(body))
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.noBody());
    operation.checkParameter("Idempotency-Key");
    return checked(operation, URI.create("/meows"), Answer.of(api.send(request)));
  }

  private int send(DescribedOperation operation, String method, String target) throws Exception {
    HttpRequest.Builder request = api.request(target).method(method, BodyPublishers.noBody());
    return checked(operation, URI.create(target), Answer.of(api.send(request)));
  }

  /** Asks for an answer that it has already. */
  private int sendUnless(DescribedOperation operation, String target) throws Exception {
    String tag = api.get(target).headers().firstValue("ETag").orElseThrow();
    return checked(
        operation,
        URI.create(target),
        Answer.of(api.send(api.request(target).header("If-None-Match", tag))));
  }

  private int handshake(DescribedOperation operation, String origin, String query)
      throws IOException {
    URI target = URI.create(meower.url() + "/pusher" + query);
    return checked(operation, target, Answer.ofHandshake(target, origin));
  }

  /** From another address: posts from 127.0.0.1 are not counted. */
  private List<Integer> flood(DescribedOperation operation) throws Exception {
    URI target = URI.create(meower.url() + "/meows?body=described+flood");
    HttpRequest request = HttpRequest.newBuilder(target).POST(BodyPublishers.noBody()).build();
    try (HttpClient stranger =
        HttpClient.newBuilder().localAddress(InetAddress.getByName("127.0.0.2")).build()) {
      return Stream.generate(() -> stranger.sendAsync(request, BodyHandlers.ofString()))
          .limit(MORE_THAN_THE_BURST)
          .toList()
          .stream()
          .map(answer -> checked(operation, target, Answer.of(answer.join())))
          .distinct()
          .toList();
    }
  }

  private static int checked(DescribedOperation operation, URI target, Answer answer) {
    operation.check(target, answer);
    return answer.status();
  }
}
