package meower.standalone.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import meower.text.Printable;
import org.jspecify.annotations.Nullable;

/**
 * A server that queues with push can be tried with: it answers the challenge, verifies signatures,
 * tells what comes, and refuses as often as it is told to.
 *
 * @see <a href="https://www.standardwebhooks.com">Standard Webhooks</a>
 */
public final class WebhookReceiver implements AutoCloseable {
  private static final String PREFIX = "whsec_";
  private static final String CHALLENGE = "\"type\":\"meower.challenge\"";
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final int MOST_BYTES = 1024 * 1024;
  private static final int SHOWN = 120;
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int REFUSED = 500;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final byte @Nullable [] secret;
  private final int failures;
  private final Consumer<String> lines;
  private final Clock clock = Clock.systemUTC();

  /**
   * Begins to listen on loopback.
   *
   * @param port 0 for a free one
   * @param secret as Meower showed it; nothing is verified without
   * @param failures so many deliveries of each message are refused first
   * @param lines takes one for each call
   * @throws IOException if the port is taken
   * @throws IllegalArgumentException if the secret is none
   */
  public WebhookReceiver(int port, Optional<String> secret, int failures, Consumer<String> lines)
      throws IOException {
    this.secret = secret.map(WebhookReceiver::bytes).orElse(null);
    this.failures = failures;
    this.lines = lines;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private static byte[] bytes(String secret) {
    if (!secret.startsWith(PREFIX)) {
      throw new IllegalArgumentException("a secret begins with " + PREFIX);
    }
    try {
      return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the secret is not the one that Meower showed", e);
    }
  }

  /** The URL for a queue's push. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readNBytes(MOST_BYTES);
      var isVerified = secret == null || isSigned(exchange, body, secret);
      var isChallenge = new String(body, UTF_8).contains(CHALLENGE);
      var status =
          !isVerified
              ? UNAUTHORIZED
              : !isChallenge && delivery(exchange) <= failures ? REFUSED : OK;
      lines.accept(
          "%d  %s  %s  delivery %d  %s  %s"
              .formatted(
                  status,
                  header(exchange, "meower-queue"),
                  header(exchange, "webhook-id"),
                  delivery(exchange),
                  secret == null ? "not verified" : isVerified ? "verified" : "FORGED",
                  shown(body)));
      // To answer with what came answers the challenge, too.
      exchange.sendResponseHeaders(status, status == OK && body.length > 0 ? body.length : -1);
      if (status == OK) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private boolean isSigned(HttpExchange exchange, byte[] body, byte[] key) {
    var timestamp = header(exchange, "webhook-timestamp");
    if (!timestamp.matches("\\d{1,12}")) {
      return false;
    }
    var age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), clock.instant());
    var expected = "v1," + signature(header(exchange, "webhook-id"), timestamp, body, key);
    return age.abs().compareTo(TOLERANCE) <= 0
        && Arrays.stream(header(exchange, "webhook-signature").split(" ", -1))
            .anyMatch(one -> MessageDigest.isEqual(one.getBytes(UTF_8), expected.getBytes(UTF_8)));
  }

  private static String signature(String id, String timestamp, byte[] body, byte[] key) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((id + "." + timestamp + ".").getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static String header(HttpExchange exchange, String name) {
    var value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "-" : value;
  }

  private static int delivery(HttpExchange exchange) {
    var delivery = header(exchange, "meower-delivery");
    return delivery.matches("\\d{1,6}") ? Integer.parseInt(delivery) : 1;
  }

  private static String shown(byte[] body) {
    var text = Printable.line(new String(body, UTF_8));
    return text.codePointCount(0, text.length()) <= SHOWN
        ? text
        : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
