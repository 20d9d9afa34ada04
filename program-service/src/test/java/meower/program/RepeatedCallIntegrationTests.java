package meower.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import meower.program.TestProgram.Message;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Answers that got lost, on two instances. */
class RepeatedCallIntegrationTests {

  private static int number;
  private static RunningService one;
  private static RunningService two;

  private final TestProgram first = one.as("worker");
  private final TestProgram second = two.as("worker");
  private final String queue = "repeated-" + number++;
  private final String publish = "/queues/" + queue + "/publish";
  private final String fetch = "/queues/" + queue + "/fetch";

  @BeforeAll
  static void start() throws Exception {
    TestPostgres postgres = TestServers.postgres();
    String database = postgres.createDatabase();
    one = RunningService.start(postgres, database, TestServers.nats().url());
    two = RunningService.start(postgres, database, TestServers.nats().url());
  }

  @AfterAll
  static void stop() {
    two.close();
    one.close();
  }

  @BeforeEach
  void makeQueue() {
    first.put(queue, "{\"publishers\":[\"other\"]}");
  }

  @Test
  void aRepeatedPublishGetsTheFirstAnswerAgain() {
    HttpResponse<String> answer = first.send("POST", publish, "x", "Idempotency-Key", "k1");
    HttpResponse<String> again = second.send("POST", publish, "x", "Idempotency-Key", "k1");
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Idempotency-Replayed")).isEmpty();
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(answer.body());
    assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(first.fetch(queue, "max=10")).hasSize(1);
  }

  @Test
  void somethingElseUnderTheSameKeyIsRefused() {
    first.send("POST", publish, "x", "Idempotency-Key", "k1");
    HttpResponse<String> other = second.send("POST", publish, "y", "Idempotency-Key", "k1");
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(TestProgram.problem(other)).isEqualTo("idempotency-key-reused");
    HttpResponse<String> delayed =
        first.send("POST", publish + "?delay=1s", "x", "Idempotency-Key", "k1");
    assertThat(delayed.statusCode()).isEqualTo(422);
    HttpResponse<String> stranger =
        two.as("other").send("POST", publish, "x", "Idempotency-Key", "k1");
    assertThat(stranger.headers().firstValue("Idempotency-Replayed")).isEmpty();
    assertThat(first.fetch(queue, "max=10")).hasSize(2);
  }

  @Test
  void aKeyOfTheProxyIsNoneOfAClient() {
    HttpResponse<String> answer = first.send("POST", publish, "x", "Meower-Attempt", "1");
    HttpResponse<String> again = second.send("POST", publish, "x", "Meower-Attempt", "1");
    assertThat(again.body()).isEqualTo(answer.body());
    assertThat(first.send("POST", publish, "y", "Idempotency-Key", "nginx-1").statusCode())
        .isEqualTo(201);

    JdbcClient.create(one.bean(DataSource.class))
        .sql("update idempotency_key set created_at = created_at - interval '10 minutes'")
        .update();
    assertThat(first.send("POST", publish, "y", "Meower-Attempt", "1").statusCode()).isEqualTo(201);
    assertThat(first.send("POST", publish, "z", "Idempotency-Key", "nginx-1").statusCode())
        .isEqualTo(422);
    assertThat(
            first
                .send("POST", publish, "x", "Idempotency-Key", "a", "Idempotency-Key", "b")
                .statusCode())
        .isEqualTo(400);
    assertThat(first.fetch(queue, "max=10")).hasSize(3);
  }

  @Test
  void publishesThatComeAtOnceOnTwoInstancesMakeOneMessageEach() throws Exception {
    String batch = "{\"messages\":[{\"body\":\"a\"},{\"body\":\"b\"}]}";
    List<Callable<HttpResponse<String>>> calls =
        IntStream.range(0, 20)
            .<Callable<HttpResponse<String>>>mapToObj(i ->
                () ->
                    (i % 2 == 0 ? first : second)
                        .send(
                            "POST",
                            publish + "/batch",
                            batch,
                            "Content-Type",
                            "application/json",
                            "Idempotency-Key",
                            "k1"))
            .toList();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<String> bodies =
          clients.invokeAll(calls).stream().map(Future::resultNow).map(HttpResponse::body).toList();
      assertThat(bodies.stream().distinct()).hasSize(1);
    }
    assertThat(first.fetch(queue, "max=10").stream().map(Message::body)).containsExactly("a", "b");
  }

  @Test
  void aRepeatedFetchGetsTheSameLeasesWhileTheyHold() {
    IntStream.range(0, 5).forEach(i -> first.publish(queue, "message " + i));
    List<Message> messages =
        TestProgram.messages(first.send("POST", fetch + "?max=3", null, "Idempotency-Key", "f1"));
    List<Message> again =
        TestProgram.messages(second.send("POST", fetch + "?max=3", null, "Idempotency-Key", "f1"));
    assertThat(again).isEqualTo(messages).hasSize(3).allMatch(m -> m.delivery() == 1);
    first.settle("acknowledge", queue, messages.get(0).lease());
    first.settle("requeue", queue, messages.get(1).lease());
    assertThat(
            TestProgram.messages(
                second.send("POST", fetch + "?max=3", null, "Idempotency-Key", "f1")))
        .containsExactly(messages.get(2));
    assertThat(first.send("POST", fetch + "?max=9", null, "Idempotency-Key", "f2").body())
        .contains("message 3", "message 4", "message 1")
        .doesNotContain("message 2");
  }

  /** So does the proxy when the first answer is lost: it is refused, and was carried out. */
  @Test
  void whoPutsAMessageBackAgainIsToldWhatBecameOfIt() {
    first.publish(queue, "hello");
    String lease = first.fetch(queue, "lease=1h").getFirst().lease();
    first.settle("requeue", queue, lease);
    assertThat(second.settle("requeue", queue, lease)).isEqualTo(409);

    Message again = second.fetch(queue, "").getFirst();
    assertThat(again.delivery()).isEqualTo(2);
    second.settle("acknowledge", queue, again.lease());
    assertThat(second.settle("requeue", queue, lease)).isEqualTo(404);
  }

  @Test
  void whoWaitsAtAnotherInstanceIsWokenAtOnce() throws Exception {
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      long slow = 0;
      for (int i = 0; i < 5; i++) {
        Future<List<Message>> waiting = clients.submit(() -> second.fetch(queue, "wait=10s"));
        Awaiting.fetchesOf(two, 1);
        long begin = System.nanoTime();
        first.publish(queue, "now");
        Message message = waiting.get().getFirst();
        slow += System.nanoTime() - begin > 400_000_000 ? 1 : 0;
        second.settle("acknowledge", queue, message.lease());
      }
      // The look every second alone would be late most times.
      assertThat(slow).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void oneMessageGoesToOneOfManyWhoWait() throws Exception {
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Message>>> waiting =
          IntStream.range(0, 10)
              .mapToObj(
                  i -> clients.submit(() -> (i % 2 == 0 ? first : second).fetch(queue, "wait=3s")))
              .toList();
      Awaiting.fetchesOf(one, 5);
      Awaiting.fetchesOf(two, 5);
      first.postJson(publish + "/batch", "{\"messages\":[{\"body\":1},{\"body\":2},{\"body\":3}]}");
      int got = 0;
      for (Future<List<Message>> fetch : waiting) {
        got += fetch.get().size();
      }
      assertThat(got).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Idempotency-Key: f1\r\n"})
  void aBrokenFetchGivesItsLeasesBack(String header) throws Exception {
    breakFetch(header);
    first.publish(queue, "hello");
    Message message = second.fetch(queue, "wait=5s").getFirst();
    assertThat(message.delivery()).isOne();
  }

  /** Waits for a message at the first instance, and hangs up meanwhile. */
  private void breakFetch(String header) throws IOException {
    URI uri = URI.create(one.url());
    String request =
        "POST %s?wait=20s&lease=1h HTTP/1.1\r\nHost: x\r\nMeower-Pass: %s\r\n%sContent-Length: 0\r\n\r\n"
            .formatted(fetch, Passes.of("worker"), header);
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      Awaiting.fetchesOf(one, 1);
    }
  }
}
