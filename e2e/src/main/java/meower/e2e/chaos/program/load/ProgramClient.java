package meower.e2e.chaos.program.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import meower.e2e.access.Transport;
import meower.e2e.chaos.history.Failures;
import meower.e2e.chaos.load.Answer;
import meower.e2e.chaos.load.Connection;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Speaks HTTP with Meower's front door as a program, and writes down what fails. */
final class ProgramClient implements AutoCloseable {

  /** Longer than any answer may take, so that what runs into it hangs. */
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final URI base;
  private final String authorization;
  private final Failures failures;
  private final Transport transport;
  private final HttpClient http;

  ProgramClient(URI base, Transport transport, String program, String secret, Failures failures) {
    this.base = base;
    this.transport = transport;
    this.http = transport.http().build();
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((program + ":" + secret).getBytes(StandardCharsets.UTF_8));
    this.failures = failures;
  }

  /**
   * A call.
   *
   * @param body with its type; none if empty
   * @param key the {@code Idempotency-Key}
   */
  record Call(String method, String path, Optional<Body> body, Optional<String> key) {

    record Body(String type, String text) {}

    static Call get(String path) {
      return new Call("GET", path, Optional.empty(), Optional.empty());
    }

    static Call post(String path) {
      return new Call("POST", path, Optional.empty(), Optional.empty());
    }

    static Call json(String method, String path, String json) {
      return new Call(
          method, path, Optional.of(new Body("application/json", json)), Optional.empty());
    }

    static Call text(String path, String text) {
      return new Call("POST", path, Optional.of(new Body("text/plain", text)), Optional.empty());
    }

    Call withKey(@Nullable String key) {
      return new Call(method, path, body, Optional.ofNullable(key));
    }
  }

  /**
   * Makes a WebSocket to say meows on.
   *
   * @param opened is run when it is there
   * @param answers takes each answer, one at a time
   */
  Connection connection(Runnable opened, Consumer<JsonNode> answers) {
    var headers =
        Map.of("Authorization", authorization, "Sec-WebSocket-Protocol", "meower.publish");
    return new Connection(base, transport, headers, opened, answers, () -> Duration.ZERO);
  }

  /**
   * Calls once.
   *
   * @param right the statuses that are answers; everything else is written down as a failure
   * @return the answer, if it has one of these
   */
  Optional<Answer> call(Call call, Set<Integer> right) throws InterruptedException {
    long begin = System.nanoTime();
    String what = call.method() + " " + call.path() + ": ";
    try {
      var answer = send(call);
      if (right.contains(answer.status())) {
        return Optional.of(answer);
      }
      if (answer.isProperRefusal()) {
        failures.excusable(begin, what + answer);
      } else {
        failures.inexcusable(what + answer);
      }
    } catch (IOException e) {
      failures.excusable(begin, what + e);
    }
    return Optional.empty();
  }

  private Answer send(Call call) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(base.resolve(call.path()))
            .timeout(TIMEOUT)
            .header("Authorization", authorization)
            .method(
                call.method(),
                call.body()
                    .map(body -> BodyPublishers.ofString(body.text()))
                    .orElseGet(BodyPublishers::noBody));
    call.body().ifPresent(body -> request.header("Content-Type", body.type()));
    call.key().ifPresent(key -> request.header("Idempotency-Key", key));
    return new Answer(http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
