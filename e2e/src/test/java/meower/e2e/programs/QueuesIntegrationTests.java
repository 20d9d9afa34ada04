package meower.e2e.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import meower.e2e.Api;
import meower.e2e.RunningMeower;
import meower.e2e.operators.OperatorCommand;
import meower.e2e.operators.OperatorCommand.Result;
import meower.operations.connection.ExitStatus;
import meower.standalone.stack.Part;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Queues through the proxy, as a worker with nothing but HTTP uses them. */
class QueuesIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final RunningMeower meower = RunningMeower.get();
  private final Api api = new Api(meower.url());
  private final String name = "w-" + Long.toString(System.nanoTime(), 36);
  private final String queue = "/queues/" + name;
  private String secret = "";

  @BeforeEach
  void addProgram() throws Exception {
    Result added = run("program", "add", name, "--may", "queues");
    secret =
        added.output().lines().filter(line -> line.startsWith("mwr_")).findFirst().orElseThrow();
  }

  @AfterEach
  void restore() throws Exception {
    meower.restore();
    send("DELETE", queue, null);
    run("program", "remove", name);
  }

  @Test
  void aMessageIsWorkedOffOnce() throws Exception {
    assertThat(send("PUT", queue, "{\"lease\":\"20s\"}").statusCode()).isEqualTo(201);
    assertThat(send("POST", queue + "/publish", "hello").statusCode()).isEqualTo(201);
    String first = lease(send("POST", queue + "/fetch?wait=1s", null), "hello", 1);
    assertThat(send("POST", queue + "/requeue/" + first, null).statusCode()).isEqualTo(204);
    String second = lease(send("POST", queue + "/fetch?wait=1s", null), "hello", 2);

    assertThat(send("POST", queue + "/acknowledge/" + first, null).statusCode()).isEqualTo(409);
    assertThat(send("POST", queue + "/acknowledge/" + second, null).statusCode()).isEqualTo(204);
    assertThat(send("POST", queue + "/acknowledge/" + second, null).statusCode()).isEqualTo(404);
    assertThat(messages(send("POST", queue + "/fetch", null))).isEmpty();
  }

  @Test
  void aLateAcknowledgementIsRefusedAndTheMessageComesAgain() throws Exception {
    send("PUT", queue, "{\"lease\":\"1s\"}");
    send("POST", queue + "/publish", "slow work");
    String lease = lease(send("POST", queue + "/fetch?wait=1s", null), "slow work", 1);

    // Nobody else has it: the lease alone is over.
    await().atMost(SOON).until(() -> send("GET", queue, null).body().contains("\"ready\":1"));
    HttpResponse<String> late = send("POST", queue + "/acknowledge/" + lease, null);

    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.body()).contains("/problems/lease-lost");
    lease(send("POST", queue + "/fetch?wait=5s", null), "slow work", 2);
  }

  @Test
  void nobodyComesInWithoutASecret() throws Exception {
    assertThat(api.get("/queues").statusCode()).isEqualTo(401);
    assertThat(api.get("/queues").headers().allValues("WWW-Authenticate")).hasSize(2);
    Result other = run("program", "add", name + "-r", "--may", "read");
    String reader =
        other.output().lines().filter(l -> l.startsWith("mwr_")).findFirst().orElseThrow();
    try {
      HttpResponse<String> refused =
          api.send(api.request("/queues").header("Authorization", "Bearer " + reader));
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("/problems/not-allowed", "queues");
    } finally {
      run("program", "remove", name + "-r");
    }
  }

  @Test
  void messagesOutliveWhateverIsKilled() throws Exception {
    send("PUT", queue, "{}");
    for (int i = 0; i < 20; i++) {
      assertThat(send("POST", queue + "/publish", "work " + i).statusCode()).isEqualTo(201);
    }
    for (Part part : List.of(Part.PROGRAM, Part.POSTGRES, Part.NATS)) {
      meower.stack().kill(part);
    }
    meower.restore();

    List<String> bodies =
        await()
            .atMost(SOON)
            .ignoreExceptions()
            .until(
                () ->
                    messages(send("POST", queue + "/fetch?max=100", null)).stream()
                        .map(message -> message.get("body").stringValue())
                        .toList(),
                fetched -> fetched.size() == 20);
    assertThat(bodies).first().isEqualTo("work 0");
    assertThat(bodies).last().isEqualTo("work 19");
  }

  @Test
  void fillsFromTheFeedWhateverIsKilled() throws Exception {
    String topic = name.replace("-", "");
    assertThat(send("PUT", queue, "{\"feed\": {\"topics\": [\"#" + topic + "\"]}}").statusCode())
        .isEqualTo(201);
    api.post("first #" + topic);
    api.post("nobody's");
    assertThat(fedBodies(1)).containsExactly("first #" + topic);

    meower.stack().kill(Part.PROGRAM);
    api.post("second #" + topic);
    meower.stack().kill(Part.NATS);
    HttpResponse<String> third = api.post("third #" + topic);
    meower.restore();
    assertThat(fedBodies(2)).containsExactly("second #" + topic, "third #" + topic);

    String id = Api.json(third).get("id").stringValue();
    api.send(
        api.request("/meows/" + id)
            .header("Meower-Undo", third.headers().firstValue("Meower-Undo").orElseThrow())
            .DELETE());
    JsonNode deleted = fed(1).getFirst();
    assertThat(deleted.get("type").stringValue()).isEqualTo("meow.deleted");
    assertThat(deleted.get("data").get("id").stringValue()).isEqualTo(id);
  }

  private List<String> fedBodies(int count) {
    return fed(count).stream().map(fed -> fed.get("data").get("body").stringValue()).toList();
  }

  /** What so many messages say; they are acknowledged. */
  private List<JsonNode> fed(int count) {
    List<JsonNode> fed = new ArrayList<>();
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(() -> {
          for (JsonNode message : messages(send("POST", queue + "/fetch?wait=1s&max=10", null))) {
            String lease = message.get("lease").stringValue();
            assertThat(send("POST", queue + "/acknowledge/" + lease, null).statusCode())
                .isEqualTo(204);
            fed.add(message.get("body"));
          }
          return fed.size() >= count;
        });
    return fed;
  }

  @Test
  void operatorsSeeAndPauseThem() throws Exception {
    send("PUT", queue, "{}");
    send("POST", queue + "/publish", "hello");

    assertThat(run("queues", "list").output()).contains(name);
    assertThat(run("queues", "pause", name).status()).isEqualTo(ExitStatus.FINE);
    assertThat(messages(send("POST", queue + "/fetch", null))).isEmpty();
    assertThat(run("queues", "resume", name).status()).isEqualTo(ExitStatus.FINE);
    await().atMost(SOON).until(() -> messages(send("POST", queue + "/fetch", null)).size() == 1);
  }

  private static String lease(HttpResponse<String> fetched, String body, int delivery) {
    List<JsonNode> messages = messages(fetched);
    assertThat(messages).hasSize(1);
    assertThat(messages.getFirst().get("body").stringValue()).isEqualTo(body);
    assertThat(messages.getFirst().get("delivery").intValue()).isEqualTo(delivery);
    return messages.getFirst().get("lease").stringValue();
  }

  private static List<JsonNode> messages(HttpResponse<String> fetched) {
    assertThat(fetched.statusCode()).as(fetched.body()).isEqualTo(200);
    return Api.json(fetched).get("messages").valueStream().toList();
  }

  private HttpResponse<String> send(String method, String path, @Nullable String body)
      throws Exception {
    HttpRequest.Builder request =
        api.request(path)
            .header("Authorization", basic())
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", method.equals("PUT") ? "application/json" : "text/plain");
    }
    return api.send(request);
  }

  private String basic() {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((name + ":" + secret).getBytes(StandardCharsets.UTF_8));
  }

  private Result run(String... arguments) throws Exception {
    return OperatorCommand.run(meower.access(), "", arguments);
  }
}
