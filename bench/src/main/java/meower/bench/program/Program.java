package meower.bench.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nats.client.Connection;
import io.nats.client.Message;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import meower.bench.lab.Lab;
import meower.nats.RequestSender;
import meower.schema.program.IssuedSecret;
import meower.schema.program.NewProgram;
import meower.schema.program.ProgramRequests;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program of Meower, with a secret, that calls it through nginx. Safe for use by several threads.
 */
public final class Program implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Set<String> SCOPES = Set.of("post", "queues", "presence", "read");

  private final HttpClient client = HttpClient.newHttpClient();
  private final int nginx;
  private final String name;
  private final String token;

  private Program(int nginx, String name, String token) {
    this.nginx = nginx;
    this.name = name;
    this.token = token;
  }

  /** Has Meower know another program, which may do everything. */
  public static Program add(Lab lab) throws IOException, InterruptedException {
    String name = "bench-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    NewProgram request = new NewProgram(name, SCOPES, null, false);
    Connection nats = lab.operatorsBroker().connect();
    try {
      Message answer =
          RequestSender.send(nats, ProgramRequests.ADD, ProgramRequests.encode(request), TIMEOUT)
              .orElseThrow(() -> new IOException("the command-service does not answer"));
      String token = ProgramRequests.decode(answer.getData(), IssuedSecret.class).token();
      if (token == null) {
        throw new IOException("no token in the answer: " + new String(answer.getData(), UTF_8));
      }
      return new Program(lab.ports().nginx(), name, token);
    } finally {
      nats.close();
    }
  }

  public String name() {
    return name;
  }

  public int nginx() {
    return nginx;
  }

  /** Returns the header that says who it is, with its line end. */
  public String authorization() {
    return "Authorization: " + bearer() + "\r\n";
  }

  private String bearer() {
    return "Bearer " + token;
  }

  /** Makes a queue, or defines it anew. */
  public JsonNode define(String queue, String definition) throws IOException, InterruptedException {
    return put("/queues/" + queue, definition);
  }

  /** Removes a queue with its messages. */
  public void remove(String queue) throws IOException, InterruptedException {
    send("/queues/" + queue, "DELETE", "");
  }

  public JsonNode put(String path, String body) throws IOException, InterruptedException {
    return send(path, "PUT", body);
  }

  public JsonNode post(String path, String body) throws IOException, InterruptedException {
    return send(path, "POST", body);
  }

  public JsonNode get(String path) throws IOException, InterruptedException {
    return JsonMapper.shared().readTree(require(path, answer(path, "GET", ""), "GET").body());
  }

  /** Asks, and returns the answer whatever it is. */
  public HttpResponse<String> look(String path) throws IOException, InterruptedException {
    return answer(path, "GET", "");
  }

  private JsonNode send(String path, String method, String body)
      throws IOException, InterruptedException {
    String answer = require(path, answer(path, method, body), method).body();
    return JsonMapper.shared().readTree(answer.isEmpty() ? "{}" : answer);
  }

  private static HttpResponse<String> require(
      String path, HttpResponse<String> answer, String method) throws IOException {
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(
          "%s %s was answered with %d: %s"
              .formatted(method, path, answer.statusCode(), answer.body()));
    }
    return answer;
  }

  private HttpResponse<String> answer(String path, String method, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + nginx + path))
            .timeout(TIMEOUT)
            .header("Authorization", bearer())
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.close();
  }
}
