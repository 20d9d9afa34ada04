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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import meower.e2e.Answer;
import meower.e2e.Api;
import meower.e2e.RunningMeower;
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

  @AfterEach
  void restore() {
    meower.restore();
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
  void everyOperationHasATestOfItsName() throws IOException {
    Stream<String> tests =
        Stream.of(
                getClass(),
                PresenceDescriptionIntegrationTests.class,
                QueueDescriptionIntegrationTests.class)
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
