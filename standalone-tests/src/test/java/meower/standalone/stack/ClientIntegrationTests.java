package meower.standalone.stack;

import static meower.standalone.stack.LoneProxy.status;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import meower.standalone.process.Http;
import meower.standalone.process.Ports;
import meower.standalone.process.ServerFailedException;
import meower.standalone.process.Wait;
import meower.standalone.proxy.Doors;
import meower.standalone.proxy.Limits;
import meower.standalone.proxy.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who the client is, for the proxy and for the services: told by how many posts each gets. */
class ClientIntegrationTests {
  /** One at once and four on top of it. */
  private static final int GOOD = 5;

  private static final Limits FEW = Limits.NONE.withPosts(new Limits.Rate("1r/m", GOOD - 1));
  private static final Network THIS_MACHINE = new Network("127.0.0.0/8");

  @TempDir private Path folder;

  @Test
  void nobodyIsExempt() throws IOException {
    try (LoneProxy proxy = proxy(options -> options)) {
      assertThat(posted(proxy, "127.0.0.1", "127.0.0.1", "127.0.0.1")).isEqualTo(GOOD);
      assertThat(posted(proxy, "127.0.0.2")).isEqualTo(GOOD);
    }
  }

  @Test
  void strangersAreNotBelieved() throws IOException {
    try (LoneProxy proxy = proxy(options -> options)) {
      int good = 0;
      for (int i = 0; i < 2 * GOOD; i++) {
        String forged = "X-Forwarded-For: 198.51.100." + i;
        good += post(proxy, "127.0.0.1", forged, "X-Real-IP: 198.51.100." + i) ? 1 : 0;
      }
      assertThat(good).isEqualTo(GOOD);
      assertThat(proxy.ask("GET /search?query=x", "X-Forwarded-For: 198.51.100.7"))
          .contains("x-forwarded-for: [127.0.0.1]")
          .contains("x-forwarded-proto: [http]");
      assertThat(proxy.ask("GET /search?query=x", "X-Forwarded-Proto: https"))
          .contains("x-forwarded-proto: [http]");
    }
  }

  @Test
  void proxiesAreBelievedThatTheOperatorNames() throws IOException {
    try (LoneProxy proxy = proxy(behind(OptionalInt.empty()))) {
      assertThat(forwarded(proxy, "198.51.100.1")).isEqualTo(GOOD);
      assertThat(forwarded(proxy, "198.51.100.2")).isEqualTo(GOOD);
      assertThat(forwarded(proxy, "198.51.100.2, 127.0.0.9")).isZero();
      // What stands before it comes from the client itself.
      assertThat(forwarded(proxy, "203.0.113.9, 198.51.100.1")).isZero();
      assertThat(forwarded(proxy, "nonsense, 198.51.100.1")).isZero();
      assertThat(
              proxy.ask(
                  "GET /search?query=x",
                  "X-Forwarded-For: 198.51.100.7",
                  "X-Forwarded-Proto: https"))
          .contains("x-forwarded-for: [198.51.100.7]")
          .contains("x-forwarded-proto: [https]");
    }
  }

  @Test
  void anAddressOfVersion6CountsAsItsNetwork() throws IOException {
    try (LoneProxy proxy = proxy(behind(OptionalInt.empty()))) {
      int good = 0;
      for (int i = 0; i < 2 * GOOD; i++) {
        good += forwardedOnce(proxy, "2001:db8::" + Integer.toHexString(i + 1)) ? 1 : 0;
      }
      assertThat(good).isEqualTo(GOOD);
      assertThat(forwarded(proxy, "2001:db8:0:0:ffff:ffff:ffff:ffff")).isZero();
      assertThat(forwarded(proxy, "2001:db8:0:1::1")).isEqualTo(GOOD);
      // Bytes that a pattern could take for the end of a line.
      assertThat(forwarded(proxy, "2001:db8:0:2:a0a:a0a:a0a:a0a")).isEqualTo(GOOD);
      assertThat(forwarded(proxy, "2001:db8:0:2::a")).isZero();
      assertThat(forwarded(proxy, "::ffff:198.51.100.1")).isEqualTo(GOOD);
      assertThat(forwarded(proxy, "198.51.100.1")).isZero();
      assertThat(forwarded(proxy, "::ffff:198.51.100.2")).isEqualTo(GOOD);
    }
  }

  @Test
  void theProxyProtocolIsBelievedFromNamedProxiesOnly() throws IOException {
    int port = Ports.firstOfFree(1);
    try (LoneProxy proxy = proxy(behind(OptionalInt.of(port)))) {
      for (String client : List.of("TCP4 198.51.100.1", "TCP4 198.51.100.2", "TCP6 2001:db8::1")) {
        assertThat(announced(port, client)).as(client).isEqualTo(GOOD);
      }
      assertThat(announced(port, "TCP6 2001:db8::2")).isZero();
      // Its word is the PROXY line, whatever a client says in its headers.
      assertThat(forwarded(proxy, "198.51.100.1")).isEqualTo(GOOD);
      assertThat(forwarded(proxy, "198.51.100.3")).isZero();
    }
    try (LoneProxy proxy =
        new LoneProxy(
            folder.resolve("strangers"),
            options ->
                options
                    .with(FEW)
                    .with(
                        Doors.behind(List.of(new Network("10.0.0.0/8")), OptionalInt.of(port))))) {
      assertThat(announced(port, "TCP4 198.51.100.1")).isEqualTo(GOOD);
      assertThat(announced(port, "TCP4 198.51.100.2")).isZero();
      assertThat(status(proxy.ask("GET /"))).isEqualTo(200);
    }
  }

  @Test
  void anotherNginxInFrontTellsWhoItsClientsAre() throws IOException {
    try (LoneProxy proxy = proxy(behind(OptionalInt.empty()))) {
      int port = Ports.firstOfFree(1);
      Process front = front(port, proxy.ports.nginx());
      try {
        // From addresses that are not the proxy's own there is no way on one machine: only who is
        // said to be asked counts.
        int good = 0;
        for (int i = 0; i < 2 * GOOD; i++) {
          String answer =
              LoneProxy.ask("127.0.0.1", port, "", "POST /meows?body=x", "Client: 198.51.100.1");
          good += status(answer) == 200 ? 1 : 0;
        }
        assertThat(good).isEqualTo(GOOD);
        assertThat(
                status(
                    LoneProxy.ask(
                        "127.0.0.1",
                        port,
                        "",
                        "POST /meows?body=x",
                        "X-Forwarded-For: 203.0.113.5",
                        "Client: 198.51.100.1")))
            .isEqualTo(429);
        assertThat(
                status(
                    LoneProxy.ask(
                        "127.0.0.1", port, "", "POST /meows?body=x", "Client: 198.51.100.2")))
            .isEqualTo(200);
      } finally {
        front.destroy();
      }
    }
  }

  /** A proxy as its documentation has it; who its peer is, it hears from a test. */
  private Process front(int port, int behind) throws IOException {
    Path home = Files.createDirectories(folder.resolve("front"));
    Files.writeString(
        home.resolve("nginx.conf"),
        """
        daemon off; worker_processes 1; pid front.pid; error_log stderr;
        events { }
        http {
          access_log off;
          client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;
          set_real_ip_from 127.0.0.1; real_ip_header Client;
          server {
            listen 127.0.0.1:%d;
            location / {
              proxy_pass http://127.0.0.1:%d;
              proxy_set_header Host $host:$server_port;
              proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
              proxy_set_header X-Forwarded-Proto $scheme;
            }
          }
        }
        """
            .formatted(port, behind));
    Process process =
        new ProcessBuilder("nginx", "-e", "stderr", "-p", home + "/", "-c", home + "/nginx.conf")
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("log").toFile())
            .start();
    Wait.until(
        () -> Http.status("http://127.0.0.1:" + port + "/") > 0,
        Duration.ofSeconds(20),
        () -> new ServerFailedException("no proxy in front", List.of()));
    return process;
  }

  private LoneProxy proxy(UnaryOperator<StackOptions> options) throws IOException {
    return new LoneProxy(folder.resolve("lone"), plain -> options.apply(plain.with(FEW)));
  }

  private static UnaryOperator<StackOptions> behind(OptionalInt proxyProtocol) {
    return options -> options.with(Doors.behind(List.of(THIS_MACHINE), proxyProtocol));
  }

  private static int announced(int port, String client) throws IOException {
    String family = client.substring(0, 4);
    String line = "PROXY " + client + (family.equals("TCP4") ? " 192.0.2.1" : " 2001:db8:1::1");
    int good = 0;
    for (int i = 0; i < 2 * GOOD; i++) {
      String answer = LoneProxy.ask("127.0.0.1", port, line + " 1234 80\r\n", "POST /meows?body=x");
      good += status(answer) == 200 ? 1 : 0;
    }
    return good;
  }

  private static int forwarded(LoneProxy proxy, String clients) throws IOException {
    int good = 0;
    for (int i = 0; i < 2 * GOOD; i++) {
      good += forwardedOnce(proxy, clients) ? 1 : 0;
    }
    return good;
  }

  private static boolean forwardedOnce(LoneProxy proxy, String clients) throws IOException {
    return post(proxy, "127.0.0.1", "X-Forwarded-For: " + clients);
  }

  private static int posted(LoneProxy proxy, String... from) throws IOException {
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < 2 * GOOD; i++) {
      addresses.add(from[i % from.length]);
    }
    int good = 0;
    for (String address : addresses) {
      good += post(proxy, address) ? 1 : 0;
    }
    return good;
  }

  private static boolean post(LoneProxy proxy, String from, String... headers) throws IOException {
    return status(LoneProxy.ask(from, proxy.ports.nginx(), "", "POST /meows?body=x", headers))
        == 200;
  }
}
