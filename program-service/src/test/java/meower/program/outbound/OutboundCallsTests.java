package meower.program.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import meower.web.ProblemException;
import okhttp3.Dns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No program reaches through Meower what it could not reach by itself. */
class OutboundCallsTests {

  /** Who answers does so long before, however busy the machine is. */
  private static final Duration PLENTY = Duration.ofSeconds(30);

  private static final Duration SHORT = Duration.ofMillis(400);

  /** Later than a short deadline on a busy machine, earlier than a slow answer ends by itself. */
  private static final Duration LATE = Duration.ofSeconds(15);

  private static final int MOST = 1000;

  private static OutboundCalls calls(Dns resolver, IntPredicate ownPort, String... allowed) {
    List<Network> networks = List.of(allowed).stream().map(Network::of).toList();
    return new OutboundCalls(new AddressRules(networks, ownPort, _ -> false), resolver);
  }

  private static OutboundCalls toLoopback() {
    return calls(Dns.SYSTEM, _ -> false, "127.0.0.0/8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "127.000.000.001",
        "0127.0.0.1",
        "0x7f.0.0.1",
        "0x7f.1",
        "0x7F000001",
        "2130706433",
        "017700000001",
        "127.0.0.2",
        "127.255.255.254",
        "127.0.0.1.",
        "127.1.",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "LocalHost",
        "0",
        "0.0.0.0",
        "0x0",
        "00000000",
        "0.0",
        "[::]",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[0000::0001]",
        "[::0.0.0.1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::FFFF:7F00:0001]",
        "[0:0:0:0:0:ffff:7f00:1]",
        "[::127.0.0.1]",
        "[::7f00:1]",
        "[::ffff:0:127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::7f00:1]",
        "[2002:7f00:1::]",
        "[2002:7f00:0001::1]",
        "[2001::1]",
        "[fe80::1]",
        "[fc00::1]",
        "[fd00::1]",
        "[ff02::1]",
        "[100::1]",
        "10.0.0.1",
        "10.1",
        "0xa.0.0.1",
        "167772161",
        "172.16.0.1",
        "192.168.0.1",
        "192.168.1",
        "169.254.169.254",
        "2852039166",
        "0xA9FEA9FE",
        "100.64.0.1",
        "198.18.0.1",
        "192.0.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "１２７.０.０.１",
        "127。0。0。1",
        "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
        "%31%32%37.0.0.1"
      })
  void reachesNothingInsideHoweverItIsWritten(String host) throws IOException {
    try (Trap trap = Trap.everywhere()) {
      OutboundCalls calls = calls(Dns.SYSTEM, _ -> false);
      for (String scheme : List.of("http", "https")) {
        String url = scheme + "://" + host + ":" + trap.port() + "/x";
        assertThatThrownBy(() -> calls.get(url, PLENTY, MOST))
            .isInstanceOf(CallFailedException.class)
            .hasMessageMatching("unsafe-url|unknown host");
      }
      assertThat(trap.connections()).isZero();
    }
  }

  @Test
  void looksAtTheAddressThatItIsAboutToUse() throws IOException {
    AtomicInteger lookups = new AtomicInteger();
    Dns changing =
        _ ->
            List.of(
                InetAddress.ofLiteral(lookups.getAndIncrement() == 0 ? "127.0.0.2" : "127.0.0.1"));
    try (Trap good = new Trap("127.0.0.2", 0, Trap::ok);
        Trap trap = new Trap("127.0.0.1", good.port(), Trap::ok)) {
      OutboundCalls calls = calls(changing, _ -> false, "127.0.0.2/32");
      String url = "http://changing.example:" + good.port() + "/";
      calls.require(url);
      assertThat(calls.get(url, PLENTY, MOST).status()).isEqualTo(200);
      assertThatThrownBy(() -> calls.get(url, PLENTY, MOST)).hasMessage("unsafe-url");
      assertThat(good.connections()).isOne();
      assertThat(trap.connections()).isZero();
    }
  }

  @Test
  void doesNotTryAForbiddenAddressBesideAnAllowedOne() throws IOException {
    Dns both = _ -> List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("127.0.0.2"));
    try (Trap good = new Trap("127.0.0.2", 0, Trap::ok);
        Trap trap = new Trap("127.0.0.1", good.port(), Trap::ok)) {
      OutboundCalls calls = calls(both, _ -> false, "127.0.0.2/32");
      String url = "http://both.example:" + good.port() + "/";
      assertThat(calls.get(url, PLENTY, MOST).body()).isEqualTo("ok");
      assertThat(trap.connections()).isZero();
    }
  }

  @Test
  void followsNoRedirect() throws IOException {
    try (Trap trap = new Trap("127.0.0.1", 0, Trap::ok);
        Trap redirecting =
            new Trap(
                "127.0.0.1",
                0,
                connection ->
                    Trap.say(
                        connection,
                        "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://127.0.0.1:"
                            + trap.port()
                            + "/\r\n\r\n"))) {
      String url = "http://127.0.0.1:" + redirecting.port() + "/";
      assertThat(toLoopback().get(url, PLENTY, MOST).status()).isEqualTo(302);
      assertThat(trap.connections()).isZero();
    }
  }

  @Test
  void callsNoPortOfItsOwn() throws IOException {
    try (Trap own = new Trap("127.0.0.1", 0, Trap::ok)) {
      OutboundCalls calls = calls(Dns.SYSTEM, port -> port == own.port(), "127.0.0.0/8");
      String url = "http://127.0.0.1:" + own.port() + "/";
      assertThatThrownBy(() -> calls.get(url, PLENTY, MOST)).hasMessage("unsafe-url");
      assertThatThrownBy(() -> calls.require(url)).isInstanceOf(ProblemException.class);
      assertThat(own.connections()).isZero();
    }
  }

  @Test
  void givesUpAtTheDeadlineOnWhatComesInDrops() throws IOException {
    endsInTime(connection -> {
      Trap.say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n");
      while (pause(connection)) {
        Trap.say(connection, "x");
      }
    });
    endsInTime(connection -> {
      Trap.say(connection, "HTTP/1.1 200 OK\r\n");
      while (pause(connection)) {
        Trap.say(connection, "X-Drop: x\r\n");
      }
    });
    endsInTime(connection -> {
      while (pause(connection)) {}
    });
  }

  @Test
  void readsNoMoreThanItWasAskedFor() throws IOException {
    try (Trap endless =
        new Trap(
            "127.0.0.1",
            0,
            connection -> {
              Trap.say(connection, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              while (true) {
                Trap.say(connection, "400\r\n" + "x".repeat(1024) + "\r\n");
              }
            })) {
      String url = "http://127.0.0.1:" + endless.port() + "/";
      assertThatThrownBy(() -> toLoopback().get(url, PLENTY, MOST)).hasMessage("no HTTP answer");
    }
  }

  @Test
  void bringsNothingWhereItMayNotCall() throws IOException {
    try (Trap trap = Trap.everywhere()) {
      OutboundCalls calls = calls(Dns.SYSTEM, port -> port == trap.port(), "127.0.0.0/8");
      for (String host : List.of("127.0.0.1", "localhost", "[::1]", "2130706433")) {
        String url = "http://" + host + ":" + trap.port() + "/";
        assertThatThrownBy(() -> post(calls, url)).hasMessage("unsafe-url");
      }
      assertThat(trap.connections()).isZero();
    }
  }

  @Test
  void bringsNothingToWhereARedirectionLeads() throws IOException {
    try (Trap trap = new Trap("127.0.0.1", 0, Trap::ok);
        Trap redirecting =
            new Trap(
                "127.0.0.1",
                0,
                connection ->
                    Trap.say(
                        connection,
                        "HTTP/1.1 307 Temporary\r\nContent-Length: 0\r\nLocation: http://127.0.0.1:"
                            + trap.port()
                            + "/\r\n\r\n"))) {
      String url = "http://127.0.0.1:" + redirecting.port() + "/";
      assertThat(post(toLoopback(), url).status()).isEqualTo(307);
      assertThat(trap.connections()).isZero();
    }
  }

  @Test
  void leavesTheRestOfALongAnswerUnread() throws IOException {
    try (Trap endless =
        new Trap(
            "127.0.0.1",
            0,
            connection -> {
              Trap.say(
                  connection,
                  "HTTP/1.1 200 OK\r\nRetry-After: 7\r\nTransfer-Encoding: chunked\r\n\r\n");
              while (true) {
                Trap.say(connection, "400\r\n" + "x".repeat(1024) + "\r\n");
              }
            })) {
      PostAnswer answer = post(toLoopback(), "http://127.0.0.1:" + endless.port() + "/");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).hasSize(MOST);
      assertThat(answer.retryAfter()).contains("7");
    }
  }

  private static PostAnswer post(OutboundCalls calls, String url) throws CallFailedException {
    byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
    return calls.post(url, Map.of("webhook-id", "1"), "text/plain", body, PLENTY, MOST);
  }

  @Test
  void aNameThatNobodyResolvesEndsInTime() {
    CountDownLatch never = new CountDownLatch(1);
    Dns hanging =
        _ -> {
          awaitQuietly(never);
          return List.of();
        };
    BoundedDns dns = new BoundedDns(hanging, Duration.ofMillis(100));
    assertThatThrownBy(() -> dns.lookup("hanging.example"))
        .isInstanceOf(UnknownHostException.class);
    never.countDown();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://example.org/",
        "example.org",
        "//example.org/",
        "https://",
        "http://127.0.0.1/",
        "https://10.0.0.1/",
        "https://user@example.org/",
        "https://user:secret@example.org/",
        "http://8.8.8.8/",
        "https://[::1]/",
        "file:///etc/passwd",
        "gopher://x/",
        ""
      })
  void saysAtOnceWhichUrlsMayNotBeCalled(String url) {
    assertThatThrownBy(() -> calls(Dns.SYSTEM, _ -> false).require(url))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.getBody().getType()).hasToString("/problems/unsafe-url"));
  }

  private static void endsInTime(Trap.Answer answer) throws IOException {
    try (Trap slow = new Trap("127.0.0.1", 0, answer)) {
      long begin = System.nanoTime();
      String url = "http://127.0.0.1:" + slow.port() + "/";
      assertThatThrownBy(() -> toLoopback().get(url, SHORT, MOST)).hasMessage("no answer in time");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LATE);
    }
  }

  /** Waits a moment; returns whether the other side is still there. */
  private boolean pause(Socket connection) throws IOException {
    connection.setSoTimeout(50);
    try {
      return connection.getInputStream().read() >= 0;
    } catch (java.net.SocketTimeoutException e) {
      return true;
    }
  }
}
