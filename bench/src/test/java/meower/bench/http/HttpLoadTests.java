package meower.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpLoadTests {

  private static final Duration TIME = Duration.ofSeconds(1);
  private static final byte[] BODY = "0123456789".getBytes(StandardCharsets.US_ASCII);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile int millis;
  private volatile int status = 200;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          pause();
          exchange.sendResponseHeaders(status, BODY.length);
          exchange.getResponseBody().write(BODY);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void asksAgainAsSoonAsItIsAnswered() throws IOException {
    millis = 20;

    HttpResult result = load(4).run(TIME);

    assertThat(result.answers()).isBetween(60L, 200L).isLessThanOrEqualTo(asked.get());
    assertThat(result.bytes()).isEqualTo(BODY.length * result.answers());
    assertThat(result.micros().getValueAtPercentile(50)).isGreaterThanOrEqualTo(20_000);
  }

  @Test
  void asksNotMoreOftenThanItIsTold() throws IOException {
    HttpResult result = load(4).run(TIME, 50);

    assertThat(result.answers()).isBetween(40L, 50L);
  }

  @Test
  void countsTheTimeForWhichARequestHadToWait() throws IOException {
    millis = 50;

    HttpResult result = load(1).run(TIME, 100);

    // Of two that are due, one can be sent: in the end they wait for half the time.
    assertThat(result.micros().getMaxValue()).isGreaterThan(300_000);
  }

  /** Of three requests each, which take 20 ms: an operation takes three times as long. */
  @Test
  void countsAnOperationWhenItsLastRequestIsAnswered() throws IOException {
    millis = 20;

    HttpResult result = HttpLoad.of(server.getAddress().getPort(), 4, ThreeRequests::new).run(TIME);

    assertThat(result.operations()).isBetween(20L, 70L);
    assertThat(result.answers()).isBetween(3 * result.operations(), 3 * result.operations() + 8);
    assertThat(result.micros().getTotalCount()).isEqualTo(result.operations());
    assertThat(result.micros().getValueAtPercentile(50)).isGreaterThanOrEqualTo(60_000);
  }

  private final class ThreeRequests implements Conversation {

    private int answered;

    @Override
    public ByteBuffer next() {
      return Posted.to(server.getAddress().getPort(), "/", "", "hello");
    }

    @Override
    public int answered(int status, byte[] body) {
      assertThat(body).isEqualTo(BODY);
      answered++;
      return answered % 3 == 0 ? 1 : 0;
    }
  }

  @Test
  void saysWhenAnAnswerIsNotTheExpectedOne() throws IOException {
    status = 503;
    HttpResult result = load(1).run(Duration.ofMillis(100));

    assertThatThrownBy(() -> result.requireOnly(200)).hasMessageContaining("503");
  }

  private void pause() {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpLoad load(int connections) {
    return new Requests(server.getAddress().getPort(), "/").load(connections);
  }
}
