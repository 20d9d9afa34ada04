package meower.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import meower.e2e.Api;
import meower.e2e.RunningMeower;
import meower.e2e.hostile.wire.Connection;
import meower.e2e.hostile.wire.Door;
import meower.e2e.hostile.wire.RawAnswer;
import meower.e2e.hostile.wire.Request;
import meower.standalone.stack.ProjectLayout;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** nginx's own cache of the newest meows, and what it tells those of others. */
class CachesIntegrationTests {

  private static final int ADDRESSES = 1_500;

  /** The page's own requests of somebody who happens to look at it. */
  private static final int HANDFUL = 5;

  private final RunningMeower meower = RunningMeower.get();

  @Test
  void keepsNothingUnderANameThatStrangersChoose() throws IOException {
    long before = kept();
    for (int i = 0; i < ADDRESSES; i++) {
      String target = "/meows?take=" + (i % 2 == 0 ? "500" : "50") + "&x=" + i;
      assertThat(ask(Door.NGINX, Request.get(target)).status()).isEqualTo(200);
    }
    assertThat(kept()).isLessThanOrEqualTo(before + HANDFUL);
  }

  @Test
  void keepsAPageUnderItsOwnNameOnly() throws Exception {
    Api api = new Api(meower.url());
    for (int i = 0; i < 3; i++) {
      assertThat(api.post("kept by the letter " + i).statusCode()).isEqualTo(201);
    }
    try (Connection connection = connect(Door.NGINX)) {
      // All in the same tenth of a second, mostly. The service does not know TAKE.
      for (int i = 0; i < 20; i++) {
        assertThat(meows(connection, "/meows?take=1")).isEqualTo(1);
        for (String target :
            List.of("/meows", "/meows?take=50", "/meows?TAKE=1", "/meows?Take=1")) {
          assertThat(meows(connection, target)).as(target).isGreaterThan(1);
        }
      }
    }
  }

  @Test
  void keepsWhatThePageAsksFor() throws IOException {
    Path api = ProjectLayout.find().root().resolve("frontend/src/api.ts");
    Matcher accept = Pattern.compile("'Accept', '([^']+)'").matcher(Files.readString(api));
    assertThat(accept.find()).isTrue();
    for (String page : List.of("take=50", "take=1")) {
      long askedAt = System.currentTimeMillis() / 100;
      Request request = Request.get("/meows?" + page).with("Accept: " + accept.group(1));
      assertThat(ask(Door.NGINX, request).status()).isEqualTo(200);
      await().atMost(Duration.ofSeconds(10)).until(() -> lastKept(page), last -> last >= askedAt);
    }
  }

  @Test
  void givesWhatIsKeptOnlyToThoseWhoWantNothingElse() throws IOException {
    Request page = Request.get("/meows?take=50");
    for (String accept : List.of("*/*", "application/json", "image/png", "application/json;q=0")) {
      Request wanted = page.with("Accept: " + accept);
      int status = ask(Door.QUERY, wanted).status();
      for (int i = 0; i < 20; i++) {
        assertThat(ask(Door.NGINX, page).status()).isEqualTo(200);
        assertThat(ask(Door.NGINX, wanted).status()).as(accept).isEqualTo(status);
      }
    }
  }

  @Test
  void saysOfEveryFormOfAnAnswerWhatItDependsOn() throws IOException {
    try (Connection connection = connect(Door.NGINX)) {
      for (String target :
          List.of("/", "/index.html", asset(connection), "/meows", "/meows?take=2")) {
        Request get = Request.get(target);
        for (String encoding : List.of("Accept-Encoding: gzip", "Accept-Encoding: identity")) {
          Request encoded = get.with(encoding);
          String tag = ask(connection, encoded).header("etag");
          assertVaries(connection, encoded, 200);
          assertVaries(connection, encoded.withMethod("HEAD"), 200);
          assertVaries(connection, encoded.with("If-None-Match: " + tag), 304);
          assertVaries(connection, encoded.withMethod("HEAD").with("If-None-Match: " + tag), 304);
        }
      }
      assertVaries(connection, Request.get("/search?query=varies"), 200);
    }
  }

  private static void assertVaries(Connection connection, Request request, int status)
      throws IOException {
    RawAnswer answer = ask(connection, request);
    assertThat(answer.status()).as(request.wire()).isEqualTo(status);
    assertThat(answer.header("vary")).as(request.wire()).startsWith("Accept-Encoding");
  }

  private static String asset(Connection connection) throws IOException {
    Matcher link =
        Pattern.compile("/assets/[^\"]+\\.js").matcher(ask(connection, Request.get("/")).text());
    assertThat(link.find()).isTrue();
    return link.group();
  }

  private static int meows(Connection connection, String target) throws IOException {
    return JsonMapper.shared().readTree(ask(connection, Request.get(target)).text()).size();
  }

  private static RawAnswer ask(Connection connection, Request request) throws IOException {
    connection.send(request.wire());
    return connection.answer(request.isHead()).orElseThrow();
  }

  private RawAnswer ask(Door door, Request request) throws IOException {
    try (Connection connection = connect(door)) {
      return ask(connection, request);
    }
  }

  private Connection connect(Door door) throws IOException {
    return Connection.to(meower.port(door.part()));
  }

  /** Returns the last tenth of a second, since 1970, of which an answer to the page is kept. */
  private long lastKept(String page) throws IOException {
    Pattern key = Pattern.compile("KEY: (\\d+)\\.(\\d)\\|" + page + "\n");
    long last = 0;
    try (Stream<Path> files = Files.walk(meower.data().resolve("nginx/timeline"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Matcher found = key.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (found.find()) {
          last = Math.max(last, Long.parseLong(found.group(1) + found.group(2)));
        }
      }
    } catch (UncheckedIOException | NoSuchFileException e) {
      return last; // nginx has just deleted one that is over: asked again
    }
    return last;
  }

  private long kept() throws IOException {
    Path folder = meower.data().resolve("nginx/timeline");
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).count();
    }
  }
}
