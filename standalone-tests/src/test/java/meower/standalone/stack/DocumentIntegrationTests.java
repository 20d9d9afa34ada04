package meower.standalone.stack;

import static meower.standalone.stack.LoneProxy.status;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees who opens an address in a browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentIntegrationTests {

  private static final String BROWSER =
      "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
  private static final String ID = "000000000000000000000000000";

  private LoneProxy proxy;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    proxy = new LoneProxy(folder, UnaryOperator.identity());
  }

  @AfterAll
  void stop() {
    proxy.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/cats",
        "/cats/and/dogs",
        "/meows/" + ID + "/x",
        "/index",
        "/assets/x",
        "/meows/",
        "/wall/",
        "/wall/x",
        "/walls"
      })
  void isToldInAPageThatNothingIsThere(String path) throws IOException {
    String page = proxy.ask("GET " + path, BROWSER);

    assertThat(status(page)).isEqualTo(404);
    assertThat(page)
        .contains("page of one meow", "text/html", "Cache-Control: no-store")
        .contains("script-src 'self'", "frame-ancestors 'none'");
    assertThat(status(proxy.ask("HEAD " + path, BROWSER))).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept: application/json",
        "Accept: */*",
        "X-No-Accept: 1",
        "Accept: image/avif,image/webp,*/*",
        "Accept: text/html;q=0, application/json",
        "Accept: text/html; q=0.0",
        "Accept: text/htmlx"
      })
  void programsAreToldAProblem(String accept) throws IOException {
    String problem = proxy.ask("GET /cats", accept);

    assertThat(status(problem)).isEqualTo(404);
    assertThat(problem).contains("application/problem+json", "/problems/not-found");
  }

  @ParameterizedTest
  @CsvSource({
    "/wall, wall",
    "/wall?tag=fest&lines=3, wall",
    "/wall/setup, setup of a wall",
    "/wall/setup?tag=fest, setup of a wall"
  })
  void aWallIsADocumentLikeThePage(String path, String text) throws IOException {
    String wall = proxy.ask("GET " + path, BROWSER);

    assertThat(status(wall)).isEqualTo(200);
    assertThat(wall).endsWith("\r\n\r\n" + text);
    assertThat(headers(wall)).isEqualTo(headers(proxy.ask("GET /", BROWSER)));
    assertThat(wall)
        .contains("Content-Type: text/html; charset=utf-8", "Cache-Control: no-cache")
        .contains("script-src 'self'", "frame-ancestors 'none'", "Vary: Accept-Encoding");
    assertThat(status(proxy.ask("GET " + path, "Accept: application/json"))).isEqualTo(200);
    assertThat(status(proxy.ask("HEAD " + path, BROWSER))).isEqualTo(200);
    String refused = proxy.ask("POST " + path, BROWSER);
    assertThat(status(refused)).isEqualTo(405);
    assertThat(refused).contains("Allow: GET, HEAD, OPTIONS\r\n");
  }

  /** Without what differs from answer to answer. */
  private static List<String> headers(String answer) {
    return answer
        .substring(0, answer.indexOf("\r\n\r\n"))
        .lines()
        .filter(line -> !line.matches("(Date|X-Request-Id|ETag|Last-Modified|Content-Length):.*"))
        .toList();
  }

  @Test
  void aMeowIsADocumentWithWhatThePageIsMadeOf() throws IOException {
    String page = proxy.ask("GET /meows/" + ID, BROWSER);

    assertThat(page)
        .contains("what the page is made of", "script-src 'self'", "frame-ancestors 'none'")
        .contains("Referrer-Policy: no-referrer", "Cross-Origin-Opener-Policy: same-origin")
        .doesNotContain("<!--#");
  }

  @Test
  void programsGetWhatTheServiceSays() throws IOException {
    String answer = proxy.ask("GET /meows/" + ID, "Accept: application/json");

    assertThat(answer)
        .contains("Content-Security-Policy: default-src 'none'; frame-ancestors 'none'")
        .doesNotContain("Referrer-Policy", "Cross-Origin-Opener-Policy", "script-src");
  }

  @Test
  void onlyWhatIsEmbeddedMayStandInOtherPages() throws IOException {
    for (String path : List.of("/embed", "/embed/" + ID, "/embed?tag=cats")) {
      String page = proxy.ask("GET " + path, BROWSER, "Sec-Fetch-Site: cross-site");

      assertThat(status(page)).as(path).isEqualTo(200);
      assertThat(page)
          .contains("default-src 'none'; style-src 'self';", "frame-ancestors *")
          .doesNotContain("script-src", "frame-ancestors 'none'");
    }
    for (String path :
        List.of("/", "/meows", "/meows/" + ID, "/search?query=x", "/embedded", "/wall")) {
      assertThat(proxy.ask("GET " + path, BROWSER)).as(path).contains("frame-ancestors 'none'");
    }
  }

  @Test
  void nothingIsWrittenToWhatIsEmbedded() throws IOException {
    assertThat(status(proxy.ask("POST /embed", BROWSER))).isEqualTo(405);
    assertThat(status(proxy.ask("GET /embed/a/b", BROWSER))).isEqualTo(404);
  }

  @Test
  void waitsInAPageForAMeowThatCannotBeReadNow(@TempDir Path other) throws IOException {
    try (LoneProxy alone = new LoneProxy(other, UnaryOperator.identity())) {
      alone.stop(Part.QUERY);

      String page = alone.ask("GET /meows/" + ID, BROWSER);

      assertThat(status(page)).isEqualTo(503);
      assertThat(page).contains("page of one meow", "Cache-Control: no-store");
      assertThat(alone.ask("GET /meows/" + ID, "Accept: application/json"))
          .contains("application/problem+json", "/problems/unavailable", "Retry-After: 2");
      assertThat(alone.ask("GET /search?query=x", BROWSER)).contains("/problems/unavailable");
    }
  }
}
