package meower.program.push;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A server that is called with messages, and remembers them. */
final class TestReceiver implements AutoCloseable {

  private static final String CHALLENGE = "meower.challenge";

  /** A call, its headers with small letters. */
  record Call(Map<String, String> headers, String body) {
    String id() {
      return headers.get("webhook-id");
    }

    int delivery() {
      return Integer.parseInt(headers.get("meower-delivery"));
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final List<Call> challenges = new CopyOnWriteArrayList<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private volatile Function<Call, Integer> answer = _ -> 204;
  private volatile boolean answersChallenges = true;
  private volatile Map<String, String> headers = Map.of();
  private volatile CountDownLatch hold;

  TestReceiver() throws IOException {
    this(0);
  }

  TestReceiver(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/hook";
  }

  int port() {
    return server.getAddress().getPort();
  }

  List<Call> calls() {
    return calls;
  }

  List<Call> challenges() {
    return challenges;
  }

  int mostInFlight() {
    return mostInFlight.get();
  }

  int inFlight() {
    return inFlight.get();
  }

  /** Answers messages so from now on. */
  void answer(Function<Call, Integer> status) {
    answer = status;
  }

  void answer(int status) {
    answer = _ -> status;
  }

  /** Sends these with each answer. */
  void send(Map<String, String> more) {
    headers = more;
  }

  void ignoreChallenges() {
    answersChallenges = false;
  }

  void answerChallenges() {
    answersChallenges = true;
  }

  /** Answers nobody until the returned latch is counted down. */
  CountDownLatch hold() {
    CountDownLatch latch = new CountDownLatch(1);
    hold = latch;
    return latch;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> received = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      exchange.getRequestHeaders().forEach((name, values) -> received.put(name, values.getFirst()));
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Call call = new Call(received, body);
      if (body.contains(CHALLENGE)) {
        challenges.add(call);
        respond(exchange, 200, answersChallenges ? body : "what do you want?");
        return;
      }
      mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
      try {
        calls.add(call);
        await();
        headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        respond(exchange, answer.apply(call), "");
      } finally {
        inFlight.decrementAndGet();
      }
    }
  }

  private void await() {
    CountDownLatch latch = hold;
    try {
      if (latch != null && !latch.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("held for too long");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void respond(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
