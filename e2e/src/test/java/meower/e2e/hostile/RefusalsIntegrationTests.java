package meower.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import meower.e2e.RunningMeower;
import meower.e2e.hostile.wire.Connection;
import meower.e2e.hostile.wire.Frames;
import meower.e2e.hostile.wire.RawAnswer;
import meower.e2e.hostile.wire.Request;
import meower.standalone.stack.Part;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What nginx refuses before a service hears of it, at each of its addresses. */
class RefusalsIntegrationTests {

  /** Much shorter than anybody waits for a body that does not come. */
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  private static final String KILOBYTE = "X-Long: " + "x".repeat(990);

  /** What no service has a part in takes any number of lines, up to the same 7 KB. */
  private static final int MOST_LINES = 80;

  private static final Duration SOON = Duration.ofSeconds(60);

  private final RunningMeower meower = RunningMeower.get();

  @BeforeEach
  void awaitTheIndex() {
    await().atMost(SOON).until(() -> ask(Request.get("/search?query=x")).status() == 200);
  }

  @AfterEach
  void restore() {
    meower.restore();
  }

  @ParameterizedTest
  @CsvSource({
    "/, 200",
    "/index.html, 200",
    "/assets/gone.js, 404",
    "/meows, 200",
    "/meows?take=50, 200",
    "/meows?take=2, 200",
    "/meows/000000000000000000000000000, 404",
    "/search?query=refusals, 200",
    "/feed.atom, 200",
    "/feed.json, 200",
    "/pusher, 426",
    "/publish, 426",
    "/healthz, 200"
  })
  void refusesABodyThatNobodyWaitsFor(String target, int status) throws IOException {
    Request get = Request.get(target);
    for (String framing :
        List.of("Content-Length: 5", "Content-Length: 99999", "Transfer-Encoding: chunked")) {
      for (String method : List.of("GET", "HEAD", "OPTIONS")) {
        assertRefused(get.withMethod(method).with(framing), 413, "/problems/too-large");
      }
    }
    assertThat(ask(get.with("Content-Length: 0")).status()).isEqualTo(status);
  }

  @Test
  void refusesABodyBeforeAHandshake() throws IOException {
    try (Connection connection = Connection.to(port())) {
      connection.send(Frames.handshake("/pusher", "Content-Length: 5\r\n"));
      assertThat(connection.answer(false).orElseThrow().status()).isEqualTo(413);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, 200",
    "HEAD, /index.html, 200",
    "GET, /nothing, 404",
    "OPTIONS, /meows, 204",
    "DELETE, /meows, 405",
    "GET, /meows, 200",
    "GET, /meows?take=50, 200",
    "GET, /meows?take=2, 200",
    "GET, /meows/000000000000000000000000000, 404",
    "POST, /meows?body=refusals, 201",
    "GET, /search?query=refusals, 200",
    "GET, /pusher, 426",
    "GET, /healthz, 200"
  })
  void refusesHeadersThatAreTooLargeTogether(String method, String target, int status)
      throws IOException {
    Request request = Request.get(target).withMethod(method);

    assertThat(ask(with(request, KILOBYTE, 7)).status()).isEqualTo(status);
    assertRefused(with(request, KILOBYTE, 9), 431, "/problems/headers-too-large");
    assertRefused(
        request.with("X-Long: " + "x".repeat(20_000)), 431, "/problems/headers-too-large");
    assertThat(ask(with(request, "X-Line: 1", MOST_LINES)).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /meows?take=2",
    "GET, /meows/000000000000000000000000000",
    "POST, /meows?body=refusals",
    "GET, /search?query=refusals"
  })
  void refusesMoreLinesThanAServiceTakes(String method, String target) throws IOException {
    Request request = Request.get(target).withMethod(method);

    assertRefused(with(request, "X-Line: 1", 120), 431, "/problems/headers-too-large");
  }

  @Test
  void refusesMoreLinesThanAServiceTakesBeforeAHandshake() throws IOException {
    try (Connection connection = Connection.to(port())) {
      connection.send(Frames.handshake("/pusher", "X-Line: 1\r\n".repeat(120)));
      assertThat(connection.answer(false).orElseThrow().status()).isEqualTo(431);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void noProblemIsForCaches(String method) throws IOException {
    assertNotKept(request(method, "/nothing"), 404);
    assertNotKept(request(method, "/assets/gone.js"), 404);
    assertNotKept(request(method, "/").with("If-Match: \"old\""), 412);
    assertNotKept(request(method, "/meows").with("Content-Length: 1"), 413);
    assertNotKept(request(method, "/meows?query=" + "x".repeat(7_000)), 414);
    assertNotKept(request(method, "/pusher"), 426);
    assertNotKept(with(request(method, "/"), KILOBYTE, 9), 431);
    assertNotKept(request(method, "/meows").with("Transfer-Encoding: zip"), 400);
    assertNotKept(request(method, "/meows?take=0"), 400);
    assertNotKept(request("DELETE", "/meows"), 405);
    assertNotKept(request("POST", "/meows"), 400);
    meower.stack().kill(Part.QUERY);
    await().atMost(SOON).until(() -> ask(Request.get("/healthz")).status() == 503);
    for (String target : List.of("/meows", "/meows?take=2", "/search?query=x", "/healthz")) {
      assertNotKept(request(method, target), 503);
    }
  }

  private void assertNotKept(Request request, int status) throws IOException {
    RawAnswer answer = ask(request);
    assertThat(answer.status()).as(request.wire()).isEqualTo(status);
    assertThat(answer.header("cache-control")).as(request.wire()).isEqualTo("no-store");
  }

  private void assertRefused(Request request, int status, String type) throws IOException {
    long started = System.nanoTime();
    RawAnswer answer = ask(request);
    String what = request.method() + " " + request.target() + " " + request.headers().getLast();
    assertThat(answer.status()).as(what).isEqualTo(status);
    assertThat(answer.header("content-type")).as(what).isEqualTo("application/problem+json");
    assertThat(answer.header("cache-control")).as(what).isEqualTo("no-store");
    assertThat(Duration.ofNanos(System.nanoTime() - started)).as(what).isLessThan(AT_ONCE);
    if (!request.isHead()) {
      JsonNode problem = JsonMapper.shared().readTree(answer.text());
      assertThat(problem.get("type").stringValue()).as(what).isEqualTo(type);
      assertThat(problem.get("detail").stringValue()).as(what).isNotBlank();
    }
  }

  private static Request request(String method, String target) {
    return Request.get(target).withMethod(method);
  }

  private static Request with(Request request, String line, int times) {
    Request more = request;
    for (int i = 0; i < times; i++) {
      more = more.with(line);
    }
    return more;
  }

  private RawAnswer ask(Request request) throws IOException {
    try (Connection connection = Connection.to(port())) {
      connection.send(request.wire());
      return connection.answer(request.isHead()).orElseThrow();
    }
  }

  private int port() {
    return meower.port(Part.NGINX);
  }
}
