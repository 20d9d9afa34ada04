package meower.standalone.stack;

import static meower.standalone.stack.LoneProxy.status;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import meower.standalone.proxy.Doors;
import meower.standalone.proxy.HostName;
import meower.standalone.proxy.Limits;
import meower.standalone.proxy.Network;
import meower.standalone.proxy.WebOrigin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By which name, and from whose page, each door lets somebody in. */
class OriginIntegrationTests {
  private static final String FRONT = "http://front.example:3000";
  private static final String ID = "000000000000000000000000000";

  /** What changes something, and what holds something open. */
  private static final List<String> GUARDED =
      List.of(
          "POST /meows?body=x",
          "PUT /meows/" + ID + "?body=x",
          "DELETE /meows/" + ID,
          "PUT /queues/q",
          "DELETE /queues/q",
          "POST /queues/q/messages",
          "POST /queues/q/dead-letters/requeue",
          "DELETE /queues/q/dead-letters/1",
          "POST /callback",
          "PUT /presence",
          "POST /presence/sightings",
          "GET /pusher",
          "GET /publish",
          "GET /events",
          "GET /presence/program/events");

  /** What the page of another origin has no use for. */
  private static final List<String> DOCUMENTS = List.of("GET /", "GET /wall", "GET /wall/setup");

  private static final List<String> OPEN =
      List.of("GET /meows", "GET /meows?take=2", "GET /search?query=x", "GET /feed.atom");

  @TempDir private Path folder;

  @Test
  void pagesOfOtherOriginsChangeNothingAndHoldNothing() throws IOException {
    try (LoneProxy proxy = proxy(Doors.OPEN)) {
      String own = "localhost:" + proxy.ports.nginx();
      List<String> good =
          List.of(
              "",
              "Origin: http://" + own,
              "Origin: HTTP://LOCALHOST:" + proxy.ports.nginx(),
              "Sec-Fetch-Site: none",
              "Sec-Fetch-Site: same-origin",
              "Sec-Fetch-Site: same-origin\r\nOrigin: http://" + own,
              "Sec-Fetch-Site: cross-site\r\nOrigin: http://" + own);
      List<String> bad =
          List.of(
              "Origin: http://evil.example",
              "Origin: null",
              "Origin: https://" + own,
              "Origin: http://localhost",
              "Origin: http://localhost:1",
              "Origin: http://127.0.0.1:" + proxy.ports.nginx(),
              "Origin: http://" + own + ".evil.example",
              "Origin: http://evil.example/" + own,
              "Origin: http://evil.example@" + own,
              "Origin: " + own,
              "Origin: " + FRONT,
              "Sec-Fetch-Site: cross-site",
              "Sec-Fetch-Site: same-site",
              "Sec-Fetch-Site: nonsense",
              "Sec-Fetch-Site: same-site\r\nOrigin: http://localhost:1",
              "Sec-Fetch-Site: cross-site\r\nOrigin: null");
      for (String door : GUARDED) {
        for (String page : good) {
          assertThat(status(ask(proxy, door, page))).as(door + " " + page).isNotEqualTo(403);
        }
        int before = proxy.asked();
        for (String page : bad) {
          String answer = ask(proxy, door, page);
          assertThat(status(answer)).as(door + " " + page).isEqualTo(403);
          assertThat(answer)
              .contains("/problems/foreign-origin", "--allowed-origin", "MEOWER_ALLOWED_ORIGINS")
              .doesNotContain("Access-Control-Allow-Origin");
        }
        assertThat(proxy.asked()).as(door).isEqualTo(before);
      }
      for (String door : Stream.concat(DOCUMENTS.stream(), OPEN.stream()).toList()) {
        for (String page : bad) {
          String answer = ask(proxy, door, page);
          assertThat(status(answer)).as(door + " " + page).isEqualTo(200);
          assertThat(answer).doesNotContain("Access-Control");
        }
      }
    }
  }

  @Test
  void thePortOfAnOriginMayBeSaidOrNot() throws IOException {
    try (LoneProxy proxy =
        proxy(
            Doors.behind(List.of(new Network("127.0.0.1")), OptionalInt.empty())
                .withHosts(List.of(new HostName("meower.example"))))) {
      for (String[] good :
          List.of(
              new String[] {"https", "meower.example", "https://meower.example"},
              new String[] {"https", "meower.example:443", "https://meower.example"},
              new String[] {"https", "Meower.example:443", "https://meower.example"},
              new String[] {"http", "meower.example:80", "http://meower.example"},
              new String[] {"https", "meower.example:80", "https://meower.example:80"},
              new String[] {"http", "[::1]:8080", "http://[::1]:8080"})) {
        assertThat(status(post(proxy, good))).as(String.join(" ", good)).isEqualTo(200);
      }
      for (String[] bad :
          List.of(
              new String[] {"http", "meower.example", "https://meower.example"},
              new String[] {"https", "meower.example", "http://meower.example"},
              new String[] {"http", "meower.example:443", "http://meower.example"},
              new String[] {"https", "meower.example:80", "https://meower.example"},
              new String[] {"https", "meower.example:443", "https://meower.example:80"})) {
        assertThat(status(post(proxy, bad))).as(String.join(" ", bad)).isEqualTo(403);
      }
    }
  }

  private static String post(LoneProxy proxy, String... said) throws IOException {
    return proxy.ask(
        "POST /meows?body=x",
        "X-Forwarded-Proto: " + said[0],
        "Host: " + said[1],
        "Origin: " + said[2]);
  }

  @Test
  void oneSettingOpensAllDoors() throws IOException {
    try (LoneProxy proxy =
        proxy(
            Doors.OPEN.withAllowedOrigins(
                List.of(new WebOrigin("https://other.example"), new WebOrigin(FRONT))))) {
      for (String page :
          List.of("Origin: " + FRONT, "Sec-Fetch-Site: cross-site\r\nOrigin: " + FRONT)) {
        for (String door : GUARDED) {
          assertThat(status(ask(proxy, door, page))).as(door).isNotEqualTo(403);
        }
        for (String door : all()) {
          String answer = ask(proxy, door, page);
          assertThat(answer)
              .as(door)
              .contains("Access-Control-Allow-Origin: " + FRONT + "\r\n")
              .contains("Access-Control-Expose-Headers: ")
              .contains("X-Request-Id")
              .doesNotContain("Access-Control-Allow-Credentials");
          assertPreflight(proxy, door);
        }
      }
      for (String stranger :
          List.of(
              "http://front.example",
              "https://front.example:3000",
              "http://front.example:30001",
              "http://afront.example:3000",
              "http://front.example:3000 https://other.example",
              "example",
              "null",
              "*")) {
        String answer = ask(proxy, "POST /meows?body=x", "Origin: " + stranger);
        assertThat(status(answer)).as(stranger).isEqualTo(403);
        assertThat(answer).doesNotContain("Access-Control");
      }
      // A cache must not give the one's answer to the other.
      for (String door : List.of("GET /meows", "GET /meows?take=2", "GET /search?query=x")) {
        assertThat(proxy.ask(door)).as(door).contains("Vary: Accept-Encoding, Origin");
      }
    }
  }

  private static void assertPreflight(LoneProxy proxy, String door) throws IOException {
    String[] parts = door.split(" ", 2);
    String answer =
        proxy.ask(
            "OPTIONS " + parts[1],
            "Origin: " + FRONT,
            "Sec-Fetch-Site: cross-site",
            "Access-Control-Request-Method: " + parts[0],
            "Access-Control-Request-Headers: content-type,idempotency-key");
    assertThat(status(answer)).as(door).isEqualTo(204);
    assertThat(answer)
        .as(door)
        .contains("Access-Control-Allow-Origin: " + FRONT + "\r\n")
        .containsPattern("Access-Control-Allow-Methods: [A-Z, ]*" + parts[0])
        .contains("Access-Control-Max-Age: ");
    for (String header :
        List.of(
            "Authorization",
            "Content-Type",
            "Idempotency-Key",
            "If-Match",
            "Last-Event-ID",
            "Meower-Undo")) {
      assertThat(answer)
          .as(door)
          .containsPattern("Access-Control-Allow-Headers: [^\r\n]*" + header + "[,\r]");
    }
  }

  private static List<String> all() {
    List<String> all = new ArrayList<>(GUARDED);
    all.addAll(OPEN);
    return all;
  }

  @Test
  void allOriginsAreAllowedWhenTheOperatorSaysSo() throws IOException {
    try (LoneProxy proxy = proxy(Doors.OPEN.withAllowedOrigins(List.of(new WebOrigin("*"))))) {
      for (String origin : List.of(FRONT, "null", "https://anybody.example")) {
        String answer = ask(proxy, "POST /meows?body=x", "Origin: " + origin);
        assertThat(status(answer)).as(origin).isEqualTo(200);
        assertThat(answer).contains("Access-Control-Allow-Origin: " + origin + "\r\n");
      }
      assertThat(status(ask(proxy, "POST /meows?body=x", "Sec-Fetch-Site: cross-site")))
          .isEqualTo(403);
    }
  }

  @Test
  void isKnownByTheNamesOfItsMachineOnly() throws IOException {
    try (LoneProxy proxy = proxy(Doors.OPEN)) {
      for (String known :
          List.of(
              "localhost",
              "LOCALHOST:8080",
              "localhost.:8080",
              "meower.localhost",
              "127.0.0.1:8080",
              "127.9.9.9",
              "[::1]:8080",
              "192.168.1.7:8080",
              "[2001:db8::7]")) {
        assertThat(status(proxy.ask("GET /", "Host: " + known))).as(known).isEqualTo(200);
      }
      for (String unknown :
          List.of(
              "evil.example",
              "evil.example:8080",
              "localhost.evil.example",
              "evillocalhost",
              "127.0.0.1.evil.example",
              "127.0.0.1.nip.io",
              "192.168.1.7x",
              "mybox:8080")) {
        for (String door :
            List.of(
                "GET /", "GET /meows", "POST /meows?body=x", "GET /healthz", "OPTIONS /meows")) {
          int before = proxy.asked();
          String answer = proxy.ask(door, "Host: " + unknown);
          assertThat(status(answer)).as(door + " " + unknown).isEqualTo(421);
          assertThat(answer).contains("/problems/misdirected", "--host", "MEOWER_HOSTS");
          assertThat(proxy.asked()).isEqualTo(before);
        }
      }
      assertThat(proxy.ask("GET /", "Host: mybox:8080")).contains("--host mybox,");
      assertThat(status(proxy.ask("GET http://localhost/", "Host: evil.example"))).isEqualTo(421);
      assertThat(status(proxy.ask("GET http://evil.example/", "Host: localhost"))).isEqualTo(421);
    }
  }

  @Test
  void isKnownByTheNamesThatTheOperatorLists() throws IOException {
    Doors doors =
        Doors.OPEN.withHosts(List.of(new HostName("meower.example"), new HostName("mybox")));
    try (LoneProxy proxy = proxy(doors)) {
      for (String known :
          List.of("meower.example", "Meower.Example:8080", "mybox", "localhost", "127.0.0.1")) {
        assertThat(status(proxy.ask("GET /", "Host: " + known))).as(known).isEqualTo(200);
      }
      for (String unknown :
          List.of(
              "evil.example",
              "example",
              "meower",
              "meower.example.evil",
              "192.168.1.7",
              "x mybox")) {
        assertThat(status(proxy.ask("GET /", "Host: " + unknown))).as(unknown).isIn(421, 400);
      }
    }
  }

  private LoneProxy proxy(Doors doors) throws IOException {
    return new LoneProxy(folder, options -> options.with(Limits.NONE).with(doors));
  }

  private static String ask(LoneProxy proxy, String door, String page) throws IOException {
    List<String> headers = new ArrayList<>();
    if (!page.isEmpty()) {
      headers.add(page);
    }
    if (door.equals("GET /pusher") || door.equals("GET /publish")) {
      headers.add("Upgrade: websocket");
    }
    return proxy.ask(door, headers.toArray(String[]::new));
  }
}
