package meower.standalone.stack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What strangers write into the proxy's logs. */
class FloodIntegrationTests {
  private static final Pattern REQUEST_ID = Pattern.compile("(?i)\r\nx-request-id: (\\S+)");
  private static final Duration SOON = Duration.ofSeconds(20);

  /** nginx closes a connection after so many. */
  private static final int ON_A_CONNECTION = 1_000;

  private static final int CONNECTIONS = 35;
  private static final long MEGABYTE = 1024L * 1024;

  @TempDir Path folder;
  LoneProxy proxy;

  @BeforeEach
  void start() throws IOException {
    proxy = new LoneProxy(folder, options -> options);
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  @Test
  void aFloodLeavesFewLinesAndNoneWhereSomebodyLooksLater() throws Exception {
    String posted = requestId(proxy.ask("POST /meows"));
    proxy.stop(Part.QUERY);
    String failed = requestId(proxy.becomes("GET /search?query=secret", 503));
    await().atMost(SOON).until(() -> lines("failed").size() >= 1);
    int failures = lines("failed").size();

    flood("GET /" + "a".repeat(5_900) + "?query=secret HTTP/1.1\r\nHost: localhost\r\n\r\n");
    flood("A".repeat(5_900) + " /meows HTTP/1.1\r\nHost: localhost\r\n\r\n");
    flood("GET /\u00c2\u009b2J\u009b\u00ff HTTP/1.1\r\nHost: localhost\r\n\r\n");
    flood("POST /meows?body=secret HTTP/1.1\r\nHost: a.example\r\n\r\n");

    assertThat(lines("changes")).singleElement().asString().contains(posted);
    assertThat(lines("failed")).hasSize(failures).anyMatch(line -> line.contains(failed));
    assertThat(size()).isLessThan(20 * MEGABYTE);
    for (String log : List.of("access", "changes", "failed", "refused")) {
      assertThat(lines(log))
          .allMatch(line -> line.length() < 800 && !line.contains("secret"))
          .allMatch(line -> line.chars().allMatch(c -> c >= ' ' && c <= '~'));
      assertThat(Files.getPosixFilePermissions(file(log)))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void ofThoseWhoAreToldToWaitOneInAHundredIsWrittenDown() throws Exception {
    flood("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");
    // One on each: whoever is told so is hung up on.
    flood("GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 3_000, 1);
    List<String> told =
        lines("refused").stream().filter(line -> line.contains("\"status\":429")).toList();
    assertThat(told)
        .hasSizeBetween(1, 2_000)
        .allMatch(line -> line.contains(",\"limit\":\"requests\","));
    assertThat(lines("refused")).anyMatch(line -> line.contains("\"status\":404,\"limit\":\"\","));
  }

  private void flood(String request) throws Exception {
    flood(request, CONNECTIONS, ON_A_CONNECTION);
  }

  private void flood(String request, int connections, int onEach) throws Exception {
    byte[] wire = request.repeat(onEach).getBytes(ISO_8859_1);
    try (var strangers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < connections; i++) {
        strangers.execute(() -> send(wire));
      }
    }
  }

  /** What is refused for good ends the connection before all of it is sent. */
  private void send(byte[] wire) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.ports.nginx());
        var out = socket.getOutputStream()) {
      Thread.startVirtualThread(() -> drain(socket));
      out.write(wire);
      await().atMost(SOON).until(socket::isClosed);
    } catch (IOException _) {
      assertThat(wire).isNotEmpty();
    }
  }

  private static void drain(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      assertThat(e).hasMessageMatching("(?i).*(reset|closed).*");
    }
  }

  private static String requestId(String answer) {
    var found = REQUEST_ID.matcher(answer);
    assertThat(found.find()).as(answer).isTrue();
    return found.group(1);
  }

  private long size() throws IOException {
    try (Stream<Path> files = Files.walk(file("access").getParent(), 1)) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  private List<String> lines(String log) throws IOException {
    return Files.readAllLines(file(log));
  }

  private Path file(String log) {
    return folder.resolve("data/nginx").resolve(log + ".log");
  }
}
