package meower.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import meower.e2e.RunningMeower;
import meower.e2e.hostile.wire.Connection;
import meower.e2e.hostile.wire.Frames;
import meower.e2e.hostile.wire.Request;
import meower.standalone.stack.Part;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people post in an address, search for or follow is written into no log. */
class PrivacyIntegrationTests {

  private static final String SECRET = "zebrafinchsecret";
  private static final Duration SOON = Duration.ofSeconds(20);

  private final RunningMeower meower = RunningMeower.get();

  @AfterEach
  void restore() {
    meower.restore();
  }

  @Test
  void noLogHasATextOfAnAddress() throws Exception {
    long served = lines();
    int requests = askForAll();
    for (Part part : List.of(Part.ELASTICSEARCH, Part.POSTGRES)) {
      meower.stack().kill(part);
      requests += askForAll();
    }
    for (Part part : List.of(Part.COMMAND, Part.QUERY, Part.PUSHER)) {
      meower.stack().kill(part);
    }
    requests += askForAll();

    long logged = served + requests;
    await().atMost(SOON).until(() -> lines() >= logged);
    assertThat(logsWithTheSecret()).isEmpty();
  }

  /** Everything that a text can be told in an address, also where it is wrong or too long. */
  private int askForAll() throws IOException {
    List<String> wires =
        List.of(
            Request.get("/meows?body=" + SECRET).withMethod("POST").wire(),
            Request.get("/meows?body=" + SECRET + "%00").withMethod("POST").wire(),
            Request.get("/meows?body=" + SECRET + "%ff").withMethod("POST").wire(),
            Request.get("/meows?take=2&query=" + SECRET).wire(),
            Request.get("/search?query=" + SECRET).wire(),
            Request.get("/search?take=0&query=" + SECRET).wire(),
            Request.get("/search?query=" + SECRET + "x".repeat(7_000)).wire(),
            Request.get("/search?query=" + SECRET).with("Content-Length: 20000").wire(),
            Request.get("/search?query=" + SECRET).with("Host: another.localhost").wire(),
            Request.get("/nothing?query=" + SECRET).with("Referer: /?query=" + SECRET).wire(),
            Frames.handshake("/pusher?topic=%23" + SECRET, ""),
            Frames.handshake("/pusher?topic=" + SECRET, ""),
            Frames.handshake("/publish?" + SECRET, "Authorization: Bearer " + SECRET + "\r\n"));
    for (String wire : wires) {
      try (Connection connection = Connection.to(meower.port(Part.NGINX))) {
        connection.send(wire);
        assertThat(connection.answer(false)).isPresent();
      }
    }
    return wires.size();
  }

  private long lines() throws IOException {
    long count = 0;
    for (String log : List.of("access", "changes", "failed", "refused")) {
      try (Stream<String> lines = Files.lines(meower.data().resolve("nginx/" + log + ".log"))) {
        count += lines.count();
      }
    }
    return count;
  }

  private List<Path> logsWithTheSecret() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(meower.data())) {
      for (Path file : all.filter(PrivacyIntegrationTests::isLog).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(SECRET)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  /** Not only those that are known to be there: a server may have one of its own. */
  private static boolean isLog(Path file) {
    return Files.isRegularFile(file) && file.toString().matches(".*(/logs/|\\.(log|out|err)\\b).*");
  }
}
