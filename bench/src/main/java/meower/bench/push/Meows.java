package meower.bench.push;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/** Posts, deletes and reads through nginx, as a page does. Safe for use by several threads. */
final class Meows implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient client = HttpClient.newHttpClient();
  private final int nginx;

  /**
   * One that was posted.
   *
   * @param undo what it can be deleted with
   */
  record Posted(String id, String undo) {}

  Meows(int nginx) {
    this.nginx = nginx;
  }

  Posted post(String body) throws IOException, InterruptedException {
    var answer =
        send(
            request("/meows")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"body\":\"" + body + "\"}")),
            201);
    return new Posted(
        JsonMapper.shared().readTree(answer.body()).get("id").asString(),
        answer.headers().firstValue("Meower-Undo").orElseThrow());
  }

  void delete(Posted meow) throws IOException, InterruptedException {
    send(request("/meows/" + meow.id()).header("Meower-Undo", meow.undo()).DELETE(), 204);
  }

  /** Fails when a meow can still be read. */
  void requireGone(Posted meow) throws IOException, InterruptedException {
    send(request("/meows/" + meow.id()).GET(), 410);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, int status)
      throws IOException, InterruptedException {
    var answer = client.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() != status) {
      throw new IOException(
          "%s was answered with %d: %s"
              .formatted(answer.request(), answer.statusCode(), answer.body()));
    }
    return answer;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + nginx + path)).timeout(TIMEOUT);
  }

  @Override
  public void close() {
    client.close();
  }
}
