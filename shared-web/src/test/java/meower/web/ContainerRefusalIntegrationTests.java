package meower.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a stranger sends straight into a service's port. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainerRefusalIntegrationTests {

  private static final int TIMEOUT_MILLIS = 10_000;

  private ConfigurableApplicationContext service;

  @BeforeAll
  void start() {
    service =
        new SpringApplicationBuilder(Service.class)
            .run("--server.port=0", "--spring.config.import=classpath:meower-service.yaml");
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void answersWhatIsNoHttpWithAProblem() throws IOException {
    String answer = answer("GET /\u00FF| HTTP/1.1\r\nHost: localhost\r\n\r\n");

    assertProblem(answer, 400, "/problems/malformed-request");
  }

  @Test
  void remembersNothingOfAnOlderHttp() throws IOException {
    assertThat(answer("GET /\r\n")).startsWith("{");

    assertThat(answer("GET /\u00FF| HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
  }

  @Test
  void refusesAContentTypeWithAWildcard() throws IOException {
    assertProblem(
        answer(post("*/*", "x").replace("POST /", "POST /nothing")),
        415,
        "/problems/unsupported-media-type");
  }

  @Test
  void isNotUpsetByAnUploadWithoutABoundary() throws IOException {
    assertProblem(
        answer(post("multipart/form-data", "x")), 415, "/problems/unsupported-media-type");
  }

  @Test
  void refusesABodyThatIsWronglyCutIntoChunks() throws IOException {
    String request =
        """
        POST / HTTP/1.1
        Host: localhost
        Content-Type: text/plain
        Transfer-Encoding: chunked

        zz
        """;

    assertProblem(answer(request.replace("\n", "\r\n")), 400, "/problems/malformed-request");
  }

  @Test
  void saysThatTheHeadersAreTooLarge() throws IOException {
    for (String headers :
        List.of(
            "X-Long: " + "x".repeat(9_000) + "\r\n",
            ("X-Long: " + "x".repeat(1_000) + "\r\n").repeat(9),
            "X-Line: 1\r\n".repeat(100))) {
      assertProblem(
          answer("GET / HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n"),
          431,
          "/problems/headers-too-large");
    }
  }

  @Test
  void saysThatTheAddressIsTooLong() throws IOException {
    assertProblem(
        answer("GET /?" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        414,
        "/problems/uri-too-long");
  }

  @Test
  void saysOfABrokenHeadThatItIsOne() throws IOException {
    for (String line : List.of("no header", "X-\u0000: 1", " X-Folded: 1", ": 1")) {
      String answer = answer("GET / HTTP/1.1\r\nHost: localhost\r\n" + line + "\r\n\r\n");

      assertProblem(answer, 400, "/problems/malformed-request");
      assertThat(answer).contains("Check its first line and its headers");
    }
  }

  private static String post(String type, String body) {
    return """
    POST / HTTP/1.1
    Host: localhost
    Connection: close
    Content-Type: %s
    Content-Length: %d

    %s\
    """
        .formatted(type, body.length(), body)
        .replace("\n", "\r\n");
  }

  private static void assertProblem(String answer, int status, String type) {
    assertThat(answer)
        .startsWith("HTTP/1.1 " + status)
        .contains("application/problem+json", "\"" + type + "\"")
        .containsIgnoringCase("\r\nCache-Control: no-store\r\n")
        .doesNotContain("<html", "Exception");
  }

  private String answer(String request) throws IOException {
    int port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import({WebConfiguration.class, Echo.class})
  static class Service {}

  @RestController
  static class Echo {

    @PostMapping(path = "/", consumes = "text/plain")
    String echo(HttpServletRequest request) throws IOException {
      return new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
