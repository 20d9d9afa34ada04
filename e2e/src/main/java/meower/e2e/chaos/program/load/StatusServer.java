package meower.e2e.chaos.program.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import meower.e2e.chaos.program.history.PresenceHistory;
import meower.e2e.chaos.program.history.PresenceHistory.LookUp;

/** Knows whether an object is online: those with an even number are. It is slow. */
final class StatusServer implements AutoCloseable {

  private static final String PATH = "/objects/";
  private static final Duration SHORTEST = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofMillis(400);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final PresenceHistory history;

  /** Begins to listen on loopback. */
  StatusServer(PresenceHistory history) throws IOException {
    this.history = history;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(threads);
    server.createContext(PATH, this::answer);
    server.start();
  }

  /** The address of an object, with {@code {id}} for its id. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + PATH + "{id}";
  }

  private void answer(HttpExchange exchange) throws IOException {
    long askedAt = System.nanoTime();
    try (exchange) {
      String id = exchange.getRequestURI().getPath().substring(PATH.length());
      boolean online = Integer.parseInt(id) % 2 == 0;
      Thread.sleep(ThreadLocalRandom.current().nextLong(SHORTEST.toMillis(), LONGEST.toMillis()));
      byte[] body = ("{\"online\":" + online + "}").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.getResponseBody().close();
      history.add(new LookUp(id, online, askedAt, System.nanoTime()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
