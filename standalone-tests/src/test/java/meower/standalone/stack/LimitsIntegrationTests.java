package meower.standalone.stack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static meower.standalone.stack.LoneProxy.status;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import meower.standalone.proxy.Doors;
import meower.standalone.proxy.Limits;
import meower.standalone.proxy.Limits.Rate;
import meower.standalone.proxy.SecurityContact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much one client gets at each door, and that another one still gets all of its own. */
class LimitsIntegrationTests {
  private static final int MOST = 4;
  private static final Rate FEW = new Rate("1r/m", MOST - 1);
  private static final String EVENTS = "text/event-stream";
  private static final String ID = "000000000000000000000000000";
  private static final String SECRET = "Authorization: Bearer secret";
  private static final Doors CONTACT =
      Doors.OPEN.withSecurityContact(new SecurityContact("mailto:security@meower.example"));

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "GET /, requests",
    "GET /meows, requests",
    "GET /meows?take=2, lookups",
    "GET /meows/" + ID + ", lookups",
    "GET /meows/" + ID + "/history, lookups",
    "GET /search?query=x, lookups",
    "GET /feed.atom, lookups",
    "GET /healthz, requests",
    "GET /events, arrivals",
    "POST /meows?body=x, posts",
    "PUT /meows/" + ID + "?body=x, posts",
    "DELETE /meows/" + ID + ", requests",
    "POST /queues/q/messages, programs",
    "GET /presence/program, programs",
    "POST /callback, programs"
  })
  void askingTooFastIsRefusedWithALimit(String door, String limit) throws IOException {
    Limits few = new Limits(FEW, FEW, FEW, FEW, FEW, 100, 100, "");
    try (LoneProxy proxy = new LoneProxy(folder, options -> options.with(few))) {
      for (int i = 0; i < MOST; i++) {
        assertThat(status(askFrom("127.0.0.3", proxy, door, SECRET))).as(door).isEqualTo(200);
      }
      String refused = askFrom("127.0.0.3", proxy, door, SECRET);
      assertThat(status(refused)).isEqualTo(429);
      assertThat(refused)
          .contains("Retry-After: 1\r\n")
          .contains("RateLimit-Policy: \"" + limit + "\";q=1;w=60\r\n")
          .contains("RateLimit: \"" + limit + "\";r=0;t=1\r\n")
          .contains("/problems/too-many-requests");
      assertThat(status(askFrom("127.0.0.2", proxy, door, SECRET))).isEqualTo(200);
    }
  }

  /** What comes back because of its form alone, before anybody looks at what is asked. */
  @ParameterizedTest
  @CsvSource({
    "OPTIONS /meows, 204, X-Nothing: 1",
    "DELETE /meows, 405, X-Nothing: 1",
    "GET /meows, 413, BODY",
    "HEAD /healthz, 413, BODY",
    "GET /search?query=x, 421, Host: other.example",
    "POST /meows?body=x, 403, Origin: http://other.example",
    "GET /pusher, 426, X-Nothing: 1",
    "GET /publish, 426, X-Nothing: 1",
    "GET /publish, 401, Upgrade: websocket",
    "POST /queues/q/messages, 401, X-Nothing: 1",
    "GET /presence/program/events, 401, X-Nothing: 1",
    "POST /callback, 401, X-Nothing: 1",
    "GET /.well-known/security.txt, 200, X-Nothing: 1",
    "GET /meows, 400, Transfer-Encoding: zip",
    "GET /meows, 431, LONG"
  })
  void whatIsAnsweredByItsFormIsCountedToo(String line, int status, String header)
      throws IOException {
    Limits few = new Limits(FEW, FEW, FEW, FEW, FEW, 100, 100, "");
    String sent =
        switch (header) {
          case "LONG" -> "X-Long: " + "x".repeat(8_000);
          case "BODY" -> "Content-Length: 1\r\n\r\nx";
          default -> header;
        };
    try (LoneProxy proxy = new LoneProxy(folder, options -> options.with(few).with(CONTACT))) {
      for (int i = 0; i < MOST; i++) {
        String answer = askFrom("127.0.0.3", proxy, line, sent);
        assertThat(status(answer)).as(answer).isEqualTo(status);
      }
      String refused = askFrom("127.0.0.3", proxy, line, sent);
      assertThat(status(refused)).as(line).isEqualTo(429);
      if (!line.contains("security")) {
        assertThat(refused).contains("RateLimit: \"requests\";r=0;t=1\r\n");
      }
      assertThat(status(askFrom("127.0.0.2", proxy, line, sent))).isEqualTo(status);
    }
  }

  /** To compress a script takes nginx longer than all else that it does for a request. */
  @Test
  void sendsWhatTheBuildHasCompressed() throws IOException {
    try (LoneProxy proxy = new LoneProxy(folder, options -> options)) {
      Path assets = Files.createDirectories(folder.resolve("frontend/dist/assets"));
      Files.writeString(assets.resolve("a.js"), "as it is ".repeat(1_000));
      Files.writeString(assets.resolve("a.js.gz"), "as the build made it");

      assertThat(proxy.ask("GET /assets/a.js", "Accept-Encoding: gzip"))
          .contains("Content-Encoding: gzip\r\n")
          .endsWith("as the build made it");
      assertThat(proxy.ask("GET /assets/a.js")).endsWith("as it is ");
    }
  }

  @Test
  void whoIsToldToWaitIsHungUpOn() throws IOException {
    Limits few = new Limits(FEW, FEW, FEW, FEW, FEW, 100, 100, "");
    try (LoneProxy proxy = new LoneProxy(folder, options -> options.with(few))) {
      String ahead = "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(50);
      String answers = LoneProxy.ask("127.0.0.3", proxy.ports.nginx(), ahead, "GET /nothing");
      assertThat(answers.split("HTTP/1.1 404", -1)).hasSize(MOST + 1);
      assertThat(answers.split("HTTP/1.1 429", -1)).hasSize(2);
    }
  }

  @Test
  void bodiesThatDoNotComeHaveSoManyPlaces() throws IOException {
    Limits few = Limits.NONE.withConnections(MOST);
    try (LoneProxy proxy = new LoneProxy(folder, options -> options.with(few))) {
      List<Socket> held = new ArrayList<>();
      try {
        for (int i = 0; i <= MOST; i++) {
          held.add(
              send(proxy, "POST /meows HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{"));
        }
        awaitOneAnswer(held);
        String refused = proxy.ask("GET /meows?take=2");
        assertThat(status(refused)).isEqualTo(429);
        assertThat(refused).contains("connections", "under way");
        assertThat(status(LoneProxy.ask("127.0.0.2", proxy.ports.nginx(), "", "GET /meows")))
            .isEqualTo(200);
      } finally {
        close(held);
      }
      proxy.becomes("GET /meows?take=2", 200);
    }
  }

  @ParameterizedTest
  @CsvSource({"/pusher", "/publish", "/events", "/presence/program/events"})
  void liveConnectionsHaveSoManyPlaces(String door) throws IOException {
    Limits few = Limits.NONE.withSockets(MOST);
    try (LoneProxy proxy = new LoneProxy(folder, options -> options.with(few))) {
      proxy.holdAnswers();
      List<Socket> held = new ArrayList<>();
      try {
        for (int i = 0; i < MOST; i++) {
          held.add(
              send(
                  proxy,
                  "GET "
                      + door
                      + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                      + SECRET
                      + "\r\n\r\n"));
        }
        proxy.awaitHeld(MOST);
        String refused = proxy.ask("GET " + door, "Upgrade: websocket", SECRET);
        assertThat(status(refused)).isEqualTo(429);
        assertThat(refused)
            .contains("Retry-After: 10\r\n")
            .contains("RateLimit-Policy: \"sockets\";q=" + MOST)
            .contains("live connections");
      } finally {
        close(held);
      }
    }
  }

  /** It would never come back after 429. It gets nothing more than anybody else, though. */
  @ParameterizedTest
  @CsvSource({
    "/events, arrivals",
    "/events, sockets",
    "/presence/program/events, arrivals",
    "/presence/program/events, sockets"
  })
  void anEventSourceIsToldWhenToComeBack(String door, String limit) throws IOException {
    Rate many = Limits.DEFAULT.requests();
    Limits few =
        limit.equals("sockets")
            ? Limits.NONE.withSockets(MOST)
            : new Limits(many, many, many, many, FEW, 100, 100, "");
    List<Socket> held = new ArrayList<>();
    try (LoneProxy proxy = new LoneProxy(folder, options -> options.with(few))) {
      proxy.holdAnswers();
      for (int i = 0; i < MOST; i++) {
        held.add(
            send(proxy, "GET " + door + " HTTP/1.1\r\nHost: localhost\r\n" + SECRET + "\r\n\r\n"));
      }
      proxy.awaitHeld(MOST);
      int asked = proxy.asked();
      for (int i = 0; i < MOST; i++) {
        String told = proxy.ask("GET " + door, "Accept: " + EVENTS, SECRET);
        assertThat(status(told)).isEqualTo(200);
        assertThat(told)
            .contains("Content-Type: " + EVENTS + "\r\n")
            .contains("Cache-Control: no-store\r\n")
            .contains("RateLimit-Policy: \"" + limit + "\"")
            .endsWith("\r\n\r\nevent: busy\ndata: {}\nretry: 10000\n\n");
      }
      assertThat(status(proxy.ask("GET " + door, SECRET))).isEqualTo(429);
      assertThat(status(proxy.ask("GET " + door, "Accept: " + EVENTS + ", */*", SECRET)))
          .isEqualTo(429);
      assertThat(status(proxy.ask("HEAD " + door, "Accept: " + EVENTS, SECRET))).isEqualTo(429);
      assertThat(proxy.asked()).isEqualTo(asked);
    } finally {
      close(held);
    }
    // As those who get 429 they are no part of what was answered.
    assertThat(folder.resolve("data/nginx/access.log")).content().doesNotContain(limit);
  }

  /** Whoever starts the proxy comes from 127.0.0.1, and has asked whether it is there. */
  private static String askFrom(String client, LoneProxy proxy, String door, String... headers)
      throws IOException {
    return LoneProxy.ask(client, proxy.ports.nginx(), "", door, headers);
  }

  private static Socket send(LoneProxy proxy, String wire) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.ports.nginx()));
    socket.getOutputStream().write(wire.getBytes(ISO_8859_1));
    return socket;
  }

  /** One of them has no place, whichever: the others have theirs by then. */
  private static void awaitOneAnswer(List<Socket> sockets) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(8).toNanos();
    int answered = 0;
    while (answered == 0 && System.nanoTime() < end) {
      for (Socket socket : sockets) {
        answered += socket.getInputStream().available() > 0 ? 1 : 0;
      }
    }
    assertThat(answered).isOne();
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
