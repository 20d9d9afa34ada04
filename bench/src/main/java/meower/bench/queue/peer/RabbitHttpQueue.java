package meower.bench.queue.peer;

import static java.net.http.HttpClient.Version.HTTP_1_1;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import meower.bench.http.Conversation;
import meower.bench.http.Fields;
import meower.bench.http.Posted;
import meower.bench.program.Payload;

/**
 * A durable queue of RabbitMQ over its HTTP API. Publishing is answered when it is confirmed, and
 * {@code get} acknowledges by itself: two requests, where others have three.
 */
public final class RabbitHttpQueue implements HttpQueue {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String NAME = "bench-http";
  private static final String BASIC =
      "Basic "
          + Base64.getEncoder().encodeToString("guest:guest".getBytes(StandardCharsets.US_ASCII));
  private static final String HEADERS = "Authorization: " + BASIC + "\r\n" + Posted.json();
  private static final String QUEUE = "/api/queues/%2F/" + NAME;
  private static final Fields PAYLOADS = new Fields("payload");
  private static final String GET =
      "{\"count\":1,\"ackmode\":\"ack_requeue_false\",\"encoding\":\"auto\"}";

  private final RabbitServer server;

  public RabbitHttpQueue(RabbitServer server) {
    this.server = server;
  }

  @Override
  public String name() {
    return "RabbitMQ: its HTTP API";
  }

  @Override
  public int port() {
    return server.httpPort();
  }

  @Override
  public void prepare() throws Exception {
    call("PUT", BodyPublishers.ofString("{\"durable\":true}"));
  }

  @Override
  public void clear() throws Exception {
    call("DELETE", BodyPublishers.noBody());
  }

  @Override
  public Conversation cycles() {
    return new Cycles();
  }

  private void call(String method, BodyPublisher body) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(HTTP_1_1).build()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://localhost:" + port() + QUEUE))
              .timeout(TIMEOUT)
              .header("Authorization", BASIC)
              .header("Content-Type", "application/json")
              .method(method, body)
              .build();
      var answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(method + ": " + answer.statusCode() + " " + answer.body());
      }
    }
  }

  private final class Cycles implements Conversation {

    private boolean published;

    @Override
    public ByteBuffer next() {
      return published
          ? Posted.to(port(), QUEUE + "/get", HEADERS, GET)
          : Posted.to(port(), "/api/exchanges/%2F/amq.default/publish", HEADERS, message());
    }

    private static String message() {
      return ("{\"properties\":{\"delivery_mode\":2},\"routing_key\":\"%s\",\"payload\":\"%s\","
              + "\"payload_encoding\":\"string\"}")
          .formatted(NAME, Payload.now());
    }

    @Override
    public int answered(int status, byte[] body) {
      if (status != 200) {
        throw new IllegalStateException(
            "RabbitMQ: " + status + " " + new String(body, StandardCharsets.UTF_8));
      }
      int got = published ? PAYLOADS.in(body).size() : 0;
      published = got == 0;
      return got;
    }
  }
}
