package meower.e2e.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import meower.e2e.Answer;
import meower.e2e.Api;
import meower.e2e.RunningMeower;
import meower.e2e.operators.OperatorCommand;
import meower.e2e.operators.OperatorCommand.Result;
import meower.standalone.stack.Part;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code docs/openapi.yaml} says what queues do: each operation is asked for all that it is said to
 * answer, first in the test of its name, then all of them together for what refuses everything.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class QueueDescriptionIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int CALLERS = 16;
  private static final int QUEUES = 100;
  private static final String NO_LEASE = "nonsense";
  private static final String UNKNOWN = "/queues/there-is-none";
  private static final String PUSHED =
      "{\"push\": {\"url\": \"https://receiver.invalid/hook\", \"timeout\": \"1s\"}}";

  private final RunningMeower meower = RunningMeower.get();
  private final Api api = new Api(meower.url());
  private final String owner = "d-" + Long.toString(System.nanoTime(), 36);
  private final Map<String, Operation> operations = new TreeMap<>();
  private String token = "";
  private String tokenOfAnother = "";

  /** An operation, and one call of it. */
  private record Operation(DescribedOperation described, String method, String path) {}

  @BeforeAll
  void addPrograms() throws Exception {
    token = add(owner);
    tokenOfAnother = add(owner + "-other");
  }

  @AfterAll
  void removePrograms() throws Exception {
    meower.restore();
    for (JsonNode queue : json(call(token, "GET", "/queues", ""))) {
      call(token, "DELETE", "/queues/" + queue.get("name").stringValue(), "");
    }
    OperatorCommand.run(meower.access(), "", "program", "remove", owner);
    OperatorCommand.run(meower.access(), "", "program", "remove", owner + "-other");
  }

  @Test
  void listQueues() throws Exception {
    Operation list = operation("listQueues", "/queues", "get", "/queues");
    queue("to-be-listed");
    assertThat(send(list, "/queues", "")).isEqualTo(200);
    assertThat(sendAs("", list, "/queues", "")).isEqualTo(401);
    String reader = owner + "-reader";
    try {
      assertThat(sendAs(add(reader, "read"), list, "/queues", "")).isEqualTo(403);
    } finally {
      OperatorCommand.run(meower.access(), "", "program", "remove", reader);
    }
  }

  @Test
  void putQueue() throws Exception {
    String path = path("put");
    Operation put = operation("putQueue", "/queues/{queue}", "put", path);
    assertThat(send(put, path, "")).isEqualTo(201);
    assertThat(send(put, path, "{\"lease\": \"20s\", \"consumers\": [\"billing\"]}"))
        .isEqualTo(200);
    assertThat(send(put, path, "{\"lease\": \"for ever\"}")).isEqualTo(400);
    assertThat(send(put, path("put-pushed"), PUSHED)).isEqualTo(201);
    assertThat(send(put, path, "{\"push\": {\"url\": \"http://10.0.0.1/\"}}")).isEqualTo(400);
    assertThat(sendAs("", put, path, "")).isEqualTo(401);
    assertThat(sendAs(tokenOfAnother, put, path, "")).isEqualTo(403);
    int queues = json(call(token, "GET", "/queues", "")).size();
    for (int i = queues; i < QUEUES; i++) {
      assertThat(call(token, "PUT", path("many-" + i), "").status()).isEqualTo(201);
    }
    assertThat(send(put, path("one-too-many"), "")).isEqualTo(409);
    for (int i = queues; i < QUEUES; i++) {
      call(token, "DELETE", path("many-" + i), "");
    }
  }

  @Test
  void readQueue() throws Exception {
    String path = queue("read");
    Operation read = operation("readQueue", "/queues/{queue}", "get", path);
    publish(path, "one");
    assertThat(send(read, path, "")).isEqualTo(200);
    assertThat(call(token, "PUT", path, PUSHED).status()).isEqualTo(200);
    assertThat(send(read, path, "")).isEqualTo(200);
    refuseStrangers(read);
  }

  @Test
  void deleteQueue() throws Exception {
    String path = queue("delete");
    Operation delete = operation("deleteQueue", "/queues/{queue}", "delete", path);
    refuseStrangers(delete);
    assertThat(send(delete, path, "")).isEqualTo(204);
  }

  @Test
  void publish() throws Exception {
    String path = queue("publish");
    Operation publish = operation("publish", "/queues/{queue}/publish", "post", path + "/publish");
    assertThat(send(publish, path + "/publish?delay=5s", "hello")).isEqualTo(201);
    assertThat(send(publish, path + "/publish?delay=13h", "hello")).isEqualTo(400);
    assertThat(send(publish, path + "/publish", "x".repeat(70_000))).isEqualTo(413);
    repeat(publish, "hello", "other");
    refuseStrangers(publish);
  }

  @Test
  void publishBatch() throws Exception {
    String path = queue("batch") + "/publish/batch";
    Operation batch = operation("publishBatch", "/queues/{queue}/publish/batch", "post", path);
    String two = "{\"messages\": [{\"body\": \"hello\"}, {\"body\": {\"order\": 7}}]}";
    assertThat(send(batch, path, two)).isEqualTo(201);
    assertThat(send(batch, path, "{\"messages\": [{\"delay\": \"1s\"}]}")).isEqualTo(400);
    String large = "{\"body\": \"" + "x".repeat(60_000) + "\"}";
    String all = String.join(",", Collections.nCopies(18, large));
    assertThat(send(batch, path, "{\"messages\": [" + all + "]}")).isEqualTo(413);
    repeat(batch, two, "{\"messages\": [{\"body\": \"other\"}]}");
    refuseStrangers(batch);
  }

  @Test
  void fetch() throws Exception {
    String path = queue("fetch");
    Operation fetch = operation("fetch", "/queues/{queue}/fetch", "post", path + "/fetch");
    publish(path, "{\"order\": 7}");
    fetch.described().checkParameter("Idempotency-Key");
    assertThat(keyed(fetch, "", "of this fetch")).isEqualTo(200);
    assertThat(send(fetch, path + "/fetch?max=5&wait=1ms&lease=5s", "")).isEqualTo(200);
    assertThat(send(fetch, path + "/fetch?max=0", "")).isEqualTo(400);
    assertThat(call(token, "PUT", path("pushed"), PUSHED).status()).isEqualTo(201);
    assertThat(send(fetch, path("pushed") + "/fetch", "")).isEqualTo(409);
    refuseStrangers(fetch);
  }

  @Test
  void acknowledge() throws Exception {
    settleOne("acknowledge", "", 204);
  }

  @Test
  void acknowledgeAll() throws Exception {
    settleMany("acknowledge", "");
  }

  @Test
  void requeue() throws Exception {
    settleOne("requeue", "?delay=1s", 204);
  }

  @Test
  void requeueAll() throws Exception {
    settleMany("requeue", "?delay=1s");
  }

  @Test
  void reject() throws Exception {
    settleOne("reject", "?reason=broken", 204);
  }

  @Test
  void rejectAll() throws Exception {
    settleMany("reject", "?reason=broken");
  }

  @Test
  void extend() throws Exception {
    settleOne("extend", "?lease=40s", 200);
  }

  @Test
  void extendAll() throws Exception {
    settleMany("extend", "?lease=40s");
  }

  @Test
  void rotatePushSecret() throws Exception {
    pushOperation("rotatePushSecret", "rotate-secret");
  }

  @Test
  void resumePush() throws Exception {
    pushOperation("resumePush", "resume");
  }

  @Test
  void testPush() throws Exception {
    pushOperation("testPush", "test");
  }

  @Test
  void listDeadLetters() throws Exception {
    String queue = queue("dead");
    String path = queue + "/dead-letters";
    Operation list = operation("listDeadLetters", "/queues/{queue}/dead-letters", "get", path);
    String id = bury(queue);
    assertThat(send(list, path, "")).isEqualTo(200);
    assertThat(send(list, path + "?take=1&before=" + id, "")).isEqualTo(200);
    assertThat(send(list, path + "?take=501", "")).isEqualTo(400);
    refuseStrangers(list);
  }

  @Test
  void requeueDeadLetters() throws Exception {
    String queue = queue("revived");
    String path = queue + "/dead-letters/requeue";
    Operation requeue =
        operation("requeueDeadLetters", "/queues/{queue}/dead-letters/requeue", "post", path);
    bury(queue);
    assertThat(send(requeue, path, "{\"all\": true}")).isEqualTo(200);
    assertThat(send(requeue, path, "{}")).isEqualTo(400);
    refuseStrangers(requeue);
  }

  @Test
  void deleteDeadLetter() throws Exception {
    String queue = queue("thrown-away");
    String path = queue + "/dead-letters/" + bury(queue);
    Operation delete =
        operation("deleteDeadLetter", "/queues/{queue}/dead-letters/{id}", "delete", path);
    assertThat(sendAs("", delete, path, "")).isEqualTo(401);
    assertThat(sendAs(tokenOfAnother, delete, path, "")).isEqualTo(403);
    assertThat(send(delete, path, "")).isEqualTo(204);
    assertThat(send(delete, path, "")).isEqualTo(404);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void allOfThemAreRefusedWhenThereAreTooManyAndWhenNobodyCanAnswer() throws Exception {
    whileTooManyAreMade(() -> {
      for (Operation operation : operations.values()) {
        await().atMost(SOON).until(() -> send(operation, operation.path(), "") == 429);
      }
    });
    meower.stack().kill(Part.PROGRAM);
    for (Operation operation : operations.values()) {
      assertThat(send(operation, operation.path(), "")).isEqualTo(503);
      operation.described().checkThatAllWasSeen();
    }
  }

  private Operation operation(String id, String template, String method, String path)
      throws IOException {
    Operation operation =
        new Operation(
            DescribedOperation.read(template, method), method.toUpperCase(Locale.ROOT), path);
    operations.put(id, operation);
    return operation;
  }

  private void settleOne(String verb, String parameters, int good) throws Exception {
    String queue = queue(verb);
    publish(queue, "work");
    String lease = lease(queue, "2s");
    Operation settle =
        operation(
            verb, "/queues/{queue}/" + verb + "/{lease}", "post", queue + "/" + verb + "/" + lease);
    refuseStrangers(settle, queue + "/" + verb + "/" + lease);
    assertThat(send(settle, queue + "/" + verb + "/" + NO_LEASE, "")).isEqualTo(400);
    assertThat(send(settle, settle.path() + parameters, "")).isEqualTo(good);
    publish(queue, "other work");
    String lost = leaseOf(queue, "other work");
    assertThat(call(token, "POST", queue + "/requeue/" + lost, "").status()).isEqualTo(204);
    assertThat(send(settle, queue + "/" + verb + "/" + lost, "")).isEqualTo(409);
    String done = leaseOf(queue, "other work");
    assertThat(call(token, "POST", queue + "/acknowledge/" + done, "").status()).isEqualTo(204);
    assertThat(send(settle, queue + "/" + verb + "/" + done, "")).isEqualTo(404);
  }

  private void pushOperation(String id, String deed) throws Exception {
    String queue = path(deed);
    String path = queue + "/push/" + deed;
    Operation operation = operation(id, "/queues/{queue}/push/" + deed, "post", path);
    assertThat(call(token, "PUT", queue, "{}").status()).isEqualTo(201);
    assertThat(send(operation, path, "")).isEqualTo(409);
    assertThat(call(token, "PUT", queue, PUSHED).status()).isEqualTo(200);
    assertThat(send(operation, path, "")).isEqualTo(200);
    refuseStrangers(operation);
  }

  private void settleMany(String verb, String parameters) throws Exception {
    String queue = queue(verb + "-all");
    publish(queue, "work");
    String path = queue + "/" + verb;
    Operation settle = operation(verb + "All", "/queues/{queue}/" + verb, "post", path);
    String leases = "{\"leases\": [\"" + lease(queue, "5s") + "\"]}";
    assertThat(send(settle, path + parameters, leases)).isEqualTo(200);
    assertThat(send(settle, path, "{\"leases\": [\"" + NO_LEASE + "\"]}")).isEqualTo(400);
    refuseStrangers(settle);
  }

  private void refuseStrangers(Operation operation) throws Exception {
    refuseStrangers(operation, operation.path());
  }

  private void refuseStrangers(Operation operation, String path) throws Exception {
    assertThat(sendAs("", operation, path, "")).isEqualTo(401);
    assertThat(sendAs(tokenOfAnother, operation, path, "")).isEqualTo(403);
    String body = operation.method().equals("POST") ? "{}" : "";
    assertThat(send(operation, path.replaceFirst("/queues/[^/]*", UNKNOWN), body)).isEqualTo(404);
  }

  private void repeat(Operation operation, String body, String other) throws Exception {
    operation.described().checkParameter("Idempotency-Key");
    assertThat(keyed(operation, body, "a key")).isEqualTo(201);
    assertThat(keyed(operation, body, "a key")).isEqualTo(201);
    assertThat(keyed(operation, other, "a key")).isEqualTo(422);
  }

  private String queue(String name) throws Exception {
    assertThat(call(token, "PUT", path(name), "").status()).isEqualTo(201);
    return path(name);
  }

  private String path(String name) {
    return "/queues/" + owner + "-" + name;
  }

  private void publish(String queue, String body) throws Exception {
    assertThat(call(token, "POST", queue + "/publish", body).status()).isEqualTo(201);
  }

  private String lease(String queue, String lease) throws Exception {
    return message(queue, "?wait=5s&lease=" + lease).get("lease").stringValue();
  }

  /** What is extended or put back meanwhile may come first. */
  private String leaseOf(String queue, String body) throws Exception {
    JsonNode message = message(queue, "?wait=5s");
    while (!message.get("body").stringValue().equals(body)) {
      message = message(queue, "?wait=5s");
    }
    return message.get("lease").stringValue();
  }

  private JsonNode message(String queue, String parameters) throws Exception {
    JsonNode messages =
        json(call(token, "POST", queue + "/fetch" + parameters, "")).get("messages");
    assertThat(messages).hasSize(1);
    return messages.get(0);
  }

  /** Returns the id of a dead letter. */
  private String bury(String queue) throws Exception {
    publish(queue, "bad work");
    JsonNode message = message(queue, "?wait=5s");
    String lease = message.get("lease").stringValue();
    assertThat(call(token, "POST", queue + "/reject/" + lease, "").status()).isEqualTo(204);
    return message.get("id").stringValue();
  }

  private String add(String name) throws Exception {
    return add(name, "queues");
  }

  private String add(String name, String scope) throws Exception {
    Result added = OperatorCommand.run(meower.access(), "", "program", "add", name, "--may", scope);
    return added.output().lines().filter(line -> line.startsWith("mwr_")).findFirst().orElseThrow();
  }

  private int send(Operation operation, String path, String body) throws Exception {
    return sendAs(token, operation, path, body);
  }

  private int sendAs(String secret, Operation operation, String path, String body)
      throws Exception {
    Answer answer = call(secret, operation.method(), path, body);
    operation.described().check(URI.create(path), answer);
    return answer.status();
  }

  private int keyed(Operation operation, String body, String key) throws Exception {
    Answer answer =
        Answer.of(
            api.send(
                request(token, operation.method(), operation.path(), body)
                    .header("Idempotency-Key", key)));
    operation.described().check(URI.create(operation.path()), answer);
    return answer.status();
  }

  private Answer call(String secret, String method, String path, String body) throws Exception {
    return Answer.of(api.send(request(secret, method, path, body)));
  }

  private HttpRequest.Builder request(String secret, String method, String path, String body) {
    HttpRequest.Builder request =
        api.request(path)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body.startsWith("{")) {
      request.header("Content-Type", "application/json");
    }
    return secret.isEmpty() ? request : request.header("Authorization", "Bearer " + secret);
  }

  private interface Call {
    void run() throws Exception;
  }

  /** Does it while the program uses up all calls of each second. */
  private void whileTooManyAreMade(Call call) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> callers =
          Stream.generate(() -> threads.submit(() -> callUntil(done))).limit(CALLERS).toList();
      try {
        call.run();
      } finally {
        done.set(true);
      }
      for (Future<Integer> caller : callers) {
        assertThat(caller.get()).isPositive();
      }
    }
  }

  private int callUntil(AtomicBoolean done) throws Exception {
    int calls = 0;
    while (!done.get()) {
      call(token, "GET", "/queues", "");
      calls++;
    }
    return calls;
  }

  private static JsonNode json(Answer answer) {
    return JsonMapper.shared().readTree(answer.body());
  }
}
