package meower.standalone.preparation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import meower.standalone.process.Http;
import meower.standalone.stack.Login;

/** A program with a queue of its own, into which it publishes and from which it takes work. */
final class RehearsedProgram {
  private static final String NAME = "rehearsal";
  private static final int OK = 200;
  private static final int REDIRECTION = 300;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Pattern LEASE = Pattern.compile("\"lease\":\"([^\"]+)\"");

  private final HttpClient client;
  private final String queue;
  private final String password = UUID.randomUUID().toString();

  /**
   * @param url where Meower is
   */
  RehearsedProgram(HttpClient client, String url) {
    this.client = client;
    this.queue = url + "/queues/" + NAME;
  }

  /**
   * Has Meower know the program, and makes its queue.
   *
   * @param operator who may say so in NATS
   * @throws IOException if nobody knows the program, or its queue is refused
   */
  void begin(Login operator) throws IOException, InterruptedException {
    addProgram(operator);
    send(
        request("")
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"lease\":\"20s\"}")));
  }

  /** Publishes a message, takes one, and acknowledges it. */
  void work(String text) throws IOException, InterruptedException {
    post("/publish", BodyPublishers.ofString(text));
    Matcher lease = LEASE.matcher(post("/fetch?wait=1s", BodyPublishers.noBody()));
    if (lease.find()) {
      post("/acknowledge/" + lease.group(1), BodyPublishers.noBody());
    }
  }

  private void addProgram(Login operator) throws IOException {
    byte[] program =
        "{\"name\":\"%s\",\"scopes\":[\"queues\"],\"password\":\"%s\",\"weak\":false}"
            .formatted(NAME, password)
            .getBytes(UTF_8);
    String connect =
        """
        CONNECT {"verbose":false,"pedantic":false,"user":"%s","pass":"%s"}\r
        SUB _INBOX.%1$s.answer.rehearsal 1\r
        """
            .formatted(operator.user(), operator.password());
    String ask =
        """
        PUB command.program-add _INBOX.%s.answer.rehearsal %d\r
        %s\r
        """
            .formatted(operator.user(), program.length, new String(program, UTF_8));
    URI nats = URI.create(operator.url());
    try (var socket = new Socket(nats.getHost(), nats.getPort())) {
      socket.setSoTimeout(Math.toIntExact(AGAIN.toMillis()));
      socket.getOutputStream().write(connect.getBytes(UTF_8));
      var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      long begin = System.nanoTime();
      do {
        socket.getOutputStream().write(ask.getBytes(UTF_8));
      } while (!isAnswered(lines) && System.nanoTime() - begin < PATIENCE.toNanos());
    }
  }

  /** Whether an answer comes; whoever has only just started hears the next question. */
  private static boolean isAnswered(BufferedReader lines) throws IOException {
    try {
      String line = lines.readLine();
      while (line != null && !line.startsWith("MSG ")) {
        line = lines.readLine();
      }
      if (line == null) {
        throw new IOException("NATS has hung up on an operator");
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private String post(String path, BodyPublisher body) throws IOException, InterruptedException {
    return send(request(path).POST(body));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(queue + path))
        .header("Authorization", Http.basic(NAME, password));
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() < OK || answer.statusCode() >= REDIRECTION) {
      throw new IOException(answer.uri() + " was answered with " + answer.statusCode());
    }
    return answer.body();
  }
}
