package meower.e2e.chaos.program.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import meower.e2e.chaos.program.checker.ProgramChecker;
import meower.e2e.chaos.program.checker.WebhookSignature;
import meower.e2e.chaos.program.history.PushCall;
import org.jspecify.annotations.Nullable;

/** Is called with messages: takes most, refuses some, and hangs now and then. */
final class Receiver implements AutoCloseable {

  private static final String CHALLENGE = "\"meower.challenge\"";
  private static final double REFUSALS = 0.06;
  private static final double HANGS = 0.01;
  private static final int OK = 200;
  private static final int REFUSED = 500;
  private static final int MOST_BYTES = 64 * 1024;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ProgramChecker checker;
  private final Duration hang;
  private volatile @Nullable WebhookSignature signature;
  private volatile boolean isKind;

  /**
   * Begins to listen on loopback.
   *
   * @param hang longer than Meower waits
   */
  Receiver(ProgramChecker checker, Duration hang) throws IOException {
    this.checker = checker;
    this.hang = hang;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  /**
   * What calls are signed with. The challenge comes at once, and may be earlier than this.
   *
   * @param secret as Meower has shown it
   */
  void verifyWith(String secret) {
    signature = new WebhookSignature(secret);
  }

  /** Takes everything from now on. */
  void beKind() {
    isKind = true;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] bytes = exchange.getRequestBody().readNBytes(MOST_BYTES);
      String body = new String(bytes, StandardCharsets.UTF_8);
      boolean isChallenge = body.contains(CHALLENGE);
      int status = isChallenge || isKind || isAgain(exchange) ? OK : mood();
      var known = signature;
      if (!isChallenge) {
        checker.called(
            new PushCall(
                header(exchange, "webhook-id"),
                body,
                known != null && verifies(known, exchange, bytes),
                status == OK,
                System.nanoTime()));
      }
      exchange.sendResponseHeaders(status, isChallenge ? bytes.length : -1);
      if (isChallenge) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  /** What was refused twice comes so late that nobody waits for it. */
  private static boolean isAgain(HttpExchange exchange) {
    return !header(exchange, "meower-delivery").equals("1");
  }

  private int mood() {
    double chance = ThreadLocalRandom.current().nextDouble();
    if (chance < HANGS) {
      try {
        Thread.sleep(hang);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return REFUSED;
    }
    return chance < HANGS + REFUSALS ? REFUSED : OK;
  }

  private static boolean verifies(WebhookSignature known, HttpExchange exchange, byte[] body) {
    return known.verifies(
        header(exchange, "webhook-id"),
        header(exchange, "webhook-timestamp"),
        header(exchange, "webhook-signature"),
        body,
        Instant.now().getEpochSecond());
  }

  private static String header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
