package meower.pusher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import meower.pusher.RawBrowser.RawFrame;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import okio.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConnectionIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int MAX = 10;

  private static TestNats nats;
  private static MeowsStream stream;
  private static Pusher pusher;

  @BeforeAll
  static void start() throws Exception {
    nats = TestServers.newNats();
    stream = MeowsStream.created(nats.url());
    pusher =
        Pusher.start(
            nats.url(),
            "meower.pusher.ping-interval=500ms",
            "meower.pusher.pong-timeout=500ms",
            "meower.pusher.max-connections=" + MAX);
    pusher.awaitFeed();
  }

  @AfterAll
  static void stop() {
    pusher.close();
    stream.close();
    nats.stop();
  }

  @Test
  void closesAClientThatSendsAnythingButItsTopicsWith1008() throws Exception {
    try (Browser text = pusher.connect("");
        Browser word = pusher.connect("");
        Browser unknown = pusher.connect("");
        Browser binary = pusher.connect("");
        Browser large = pusher.connect("");
        RawBrowser fragment = RawBrowser.connect(pusher.socket(""))) {
      text.socket().send("meow?");
      word.socket().send("sub ");
      unknown.socket().send("SUB #cats");
      binary.socket().send(ByteString.of(new byte[10]));
      large.socket().send("x".repeat(100_000));
      // Who says that before it was greeted is not greeted any more.
      assertThat(fragment.read().opcode()).isEqualTo(RawBrowser.TEXT);
      fragment.sendHex("0184" + "00000000" + "6e657665");

      for (Browser browser : List.of(text, word, unknown, binary, large)) {
        assertThat(browser.closeCode()).isEqualTo(1008);
        assertThat(browser.closeReason()).contains("sub #topic");
      }
      assertThat(fragment.read().closeCode()).isEqualTo(1008);
    }
  }

  @Test
  void pingsAndClosesASilentPeer() throws Exception {
    try (RawBrowser silent = RawBrowser.connect(pusher.socket(""));
        Browser answering = pusher.connect("")) {
      assertThat(silent.read().opcode()).isEqualTo(RawBrowser.TEXT);
      assertThat(silent.read().opcode()).isEqualTo(RawBrowser.PING);
      long pinged = System.nanoTime();
      RawFrame close = silent.read();
      assertThat(close.opcode()).isEqualTo(RawBrowser.CLOSE);
      assertThat(close.closeCode()).isEqualTo(1013);
      assertThat(Duration.ofNanos(System.nanoTime() - pinged))
          .isBetween(Duration.ofMillis(350), Duration.ofSeconds(3));
      assertThat(answering.isOpen()).isTrue();
    }
  }

  @Test
  void keepsAPeerThatAnswersPings() throws Exception {
    try (RawBrowser answering = RawBrowser.connect(pusher.socket(""))) {
      assertThat(answering.read().opcode()).isEqualTo(RawBrowser.TEXT);
      for (int i = 0; i < 4; i++) {
        assertThat(answering.read().opcode()).isEqualTo(RawBrowser.PING);
        answering.send(RawBrowser.PONG, new byte[0]);
      }
    }
  }

  @Test
  void refusesAForeignOrigin() throws Exception {
    try (RawBrowser foreign = connectFrom("http://evil.example");
        RawBrowser otherPort = connectFrom("http://127.0.0.1:1");
        RawBrowser same = connectFrom("http://127.0.0.1:" + pusher.port());
        RawBrowser behindTls = connectFrom("https://127.0.0.1:" + pusher.port())) {
      assertThat(foreign.statusLine()).startsWith("HTTP/1.1 403");
      assertThat(foreign.responseHead()).contains("Content-Type: application/problem+json");
      assertThat(otherPort.statusLine()).startsWith("HTTP/1.1 403");
      assertThat(same.statusLine()).startsWith("HTTP/1.1 101");
      assertThat(behindTls.statusLine()).startsWith("HTTP/1.1 101");
    }
  }

  @Test
  void letsInABrowserBehindAProxy() throws Exception {
    try (RawBrowser browser =
        RawBrowser.connect(
            pusher.socket(""),
            "Origin: http://127.0.0.1:" + pusher.port(),
            "X-Forwarded-Proto: http",
            "X-Forwarded-For: 192.0.2.7",
            "X-Forwarded-Host: 127.0.0.1:" + pusher.port())) {
      assertThat(browser.statusLine()).startsWith("HTTP/1.1 101");
    }
  }

  /** As nginx passes it on when a proxy before it has ended TLS and names the port. */
  @Test
  void letsInABrowserWhoseHostIsNamedWithThePortOfItsScheme() throws Exception {
    try (RawBrowser browser =
        RawBrowser.connect(
            pusher.socket(""),
            "Host: meower.org:443",
            "Origin: https://meower.org",
            "X-Forwarded-Proto: http",
            "X-Forwarded-For: 192.0.2.7",
            "X-Forwarded-Host: meower.org:443")) {
      assertThat(browser.statusLine()).startsWith("HTTP/1.1 101");
    }
  }

  @Test
  void acceptsNoCompression() throws Exception {
    try (RawBrowser browser =
        RawBrowser.connect(
            pusher.socket(""),
            "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")) {
      assertThat(browser.statusLine()).startsWith("HTTP/1.1 101");
      assertThat(browser.responseHead())
          .noneMatch(header -> header.toLowerCase(Locale.ROOT).contains("extensions"));
      assertThat(browser.read().text()).startsWith("{\"kind\":2,");
    }
  }

  @Test
  void tellsABrowserBeyondTheMaximumToTryLater() throws Exception {
    await().atMost(SOON).until(() -> pusher.subscribers() == 0);
    List<Browser> browsers = Stream.generate(() -> pusher.connect("")).limit(MAX).toList();
    try (Browser tooMany = Browser.connect(pusher.socket(""))) {
      assertThat(tooMany.closeCode()).isEqualTo(1013);
      assertThat(tooMany.frames()).isEmpty();
    }
    browsers.forEach(Browser::close);
    await().atMost(SOON).until(() -> pusher.subscribers() == 0);
    pusher.connect("").close();
  }

  @Test
  void answersAPlainRequestWithAProblem() throws Exception {
    HttpResponse<String> answer = get(pusher.http("/pusher"));

    assertThat(answer.statusCode()).isEqualTo(426);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.headers().firstValue("Upgrade")).contains("websocket");
    assertThat(answer.body()).contains("\"type\":\"/problems/upgrade-required\"", "ws://");
  }

  @Test
  void answersWhatIsNotThereWithAProblem() throws Exception {
    HttpResponse<String> answer = get(pusher.http("/nothing"));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("\"type\":\"/problems/not-found\"");
  }

  @Test
  void saysThatItIsAliveAndReady() throws Exception {
    assertThat(get(pusher.http("/livez")).statusCode()).isEqualTo(200);
    assertThat(get(pusher.http("/readyz")).statusCode()).isEqualTo(200);
    assertThat(get(pusher.management("/actuator/health")).body()).contains("\"nats\"");
    assertThat(get(pusher.management("/actuator/metrics/meower.subscribers")).statusCode())
        .isEqualTo(200);
  }

  private static RawBrowser connectFrom(String origin) throws IOException {
    return RawBrowser.connect(pusher.socket(""), "Origin: " + origin);
  }

  private static HttpResponse<String> get(URI uri) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(SOON).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
