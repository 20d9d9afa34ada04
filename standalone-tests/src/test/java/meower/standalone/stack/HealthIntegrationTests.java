package meower.standalone.stack;

import static meower.standalone.stack.LoneProxy.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a question about health costs the services. */
class HealthIntegrationTests {
  private static final int QUESTIONS = 200;

  @TempDir private Path folder;

  @Test
  void isAskedOnceASecondHoweverOftenSomebodyWantsToKnow() throws IOException {
    try (LoneProxy proxy = new LoneProxy(folder, options -> options)) {
      int before = proxy.asked();
      long started = System.nanoTime();
      for (int i = 0; i < QUESTIONS; i++) {
        assertThat(status(proxy.ask("GET /healthz"))).isEqualTo(200);
      }
      long seconds = (System.nanoTime() - started) / 1_000_000_000 + 2;
      assertThat(proxy.asked() - before)
          .isBetween(Part.SERVICES.size(), (int) seconds * Part.SERVICES.size())
          .isLessThan(QUESTIONS);
    }
  }

  @Test
  void nothingOfARequestComesAlong() throws IOException {
    try (LoneProxy proxy = new LoneProxy(folder, options -> options)) {
      int before = proxy.asked();
      for (String body :
          List.of(
              "Content-Length: 1\r\n\r\nx",
              "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n")) {
        String asked = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n" + body;
        String answers = LoneProxy.ask("127.0.0.1", proxy.ports.nginx(), asked, "GET /nothing");
        assertThat(status(answers)).isEqualTo(413);
      }
      assertThat(proxy.asked()).isEqualTo(before);
      assertThat(status(proxy.ask("GET /healthz", "Content-Length: 0"))).isEqualTo(200);
    }
  }

  @Test
  void saysWithinASecondThatAServiceIsGone() throws Exception {
    try (LoneProxy proxy = new LoneProxy(folder, options -> options)) {
      assertThat(status(proxy.ask("GET /healthz"))).isEqualTo(200);
      proxy.stop(Part.QUERY);
      await()
          .atMost(Duration.ofMillis(1_500)) // a second, and the time to ask
          .untilAsserted(
              () -> assertThat(proxy.ask("GET /healthz")).contains("503", "query-service"));
    }
  }
}
