package meower.standalone.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A slow server that knows whether an object is online: those with an even number are. Half of what
 * presence is tried with; the other half is {@link SightingReporter}.
 */
public final class StatusApi implements AutoCloseable {
  private static final String PATH = "/objects/";
  private static final Duration LONGEST_HOLD = Duration.ofSeconds(30);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Duration shortest;
  private final Duration longest;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
  private volatile int failure;
  private volatile @Nullable CountDownLatch hold;

  /**
   * Begins to listen on loopback.
   *
   * @param port 0 for a free one
   * @param shortest how long an answer takes at least
   * @param longest how long it takes at most
   * @throws IOException if the port is taken
   */
  public StatusApi(int port, Duration shortest, Duration longest) throws IOException {
    this.shortest = shortest;
    this.longest = longest;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
    server.setExecutor(threads);
    server.createContext(PATH, this::answer);
    server.start();
  }

  /** The address of an object, with {@code {id}} for its id. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + PATH + "{id}";
  }

  /** Answers with this status from now on; 0 tells the truth again. */
  public void fail(int status) {
    failure = status;
  }

  /** Lets everybody wait until the returned latch is counted down, for half a minute at most. */
  public CountDownLatch hold() {
    var latch = new CountDownLatch(1);
    hold = latch;
    return latch;
  }

  /** How often an object was asked for. */
  public int calls(String id) {
    var count = calls.get(id);
    return count == null ? 0 : count.get();
  }

  /** How often any object was asked for. */
  public int totalCalls() {
    return calls.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  /** How many are being asked for now. */
  public int inFlight() {
    return inFlight.get();
  }

  /** How many were asked for at once at most. */
  public int mostInFlight() {
    return mostInFlight.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    try (exchange) {
      var id = exchange.getRequestURI().getPath().substring(PATH.length());
      calls.computeIfAbsent(id, _ -> new AtomicInteger()).incrementAndGet();
      think();
      var body = "{\"online\":%s}".formatted(isOnline(id)).getBytes(UTF_8);
      // Before the answer is out: whoever has it may ask for the next one.
      inFlight.decrementAndGet();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(failure == 0 ? 200 : failure, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      inFlight.decrementAndGet();
      Thread.currentThread().interrupt();
    }
  }

  private void think() throws InterruptedException {
    var latch = hold;
    if (latch != null) {
      latch.await(LONGEST_HOLD.toMillis(), TimeUnit.MILLISECONDS);
    }
    Thread.sleep(ThreadLocalRandom.current().nextLong(shortest.toMillis(), longest.toMillis() + 1));
  }

  /** Tells whether an object is online; what is no number is not. */
  public static boolean isOnline(String id) {
    return id.matches("\\d*[02468]");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
