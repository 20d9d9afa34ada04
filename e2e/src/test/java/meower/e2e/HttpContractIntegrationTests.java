package meower.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The HTTP interface through nginx, as a program sees it. */
class HttpContractIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final RunningMeower meower = RunningMeower.get();
  private final Api api = new Api(meower.url());

  @Test
  void anOriginalClientWorks() throws Exception {
    HttpResponse<String> posted =
        api.send(api.request("/meows?body=hi%20original").POST(BodyPublishers.noBody()));

    assertThat(posted.statusCode()).isEqualTo(201);
    JsonNode meow = Api.json(posted);
    await()
        .atMost(SOON)
        .until(() -> Api.json(api.get("/meows")).valueStream().anyMatch(meow::equals));
    assertThat(meow.propertyNames()).containsExactlyInAnyOrder("id", "body", "created_at");
    await().atMost(SOON).until(() -> !api.search("original").isEmpty());
    JsonNode found = Api.json(api.get("/search?query=original")).get(0);
    assertThat(found.get("id")).isEqualTo(meow.get("id"));
    assertThat(found.get("body")).isEqualTo(meow.get("body"));
    assertThat(found.get("created_at")).isEqualTo(meow.get("created_at"));
  }

  @Test
  void readsFromAnIdOfTheFirstMoment() throws Exception {
    assertProblem(
        api.get("/meows?after=000000000000000000000000000"), 400, "/problems/invalid-parameter");
  }

  @Test
  void takesNoNoticeOfConditionsThatAreForChanges() throws Exception {
    for (String condition : List.of("If-Match", "If-Unmodified-Since")) {
      HttpRequest.Builder request =
          api.request("/meows").header(condition, "Mon, 14 Nov 2022 09:00:00 GMT");
      assertThat(api.send(request).statusCode()).as(condition).isEqualTo(200);
    }
  }

  @Test
  void isHealthyInWhateverFormThatIsAsked() throws Exception {
    assertThat(api.send(api.request("/healthz").header("Accept", "image/png")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void takesAForm() throws Exception {
    HttpResponse<String> posted =
        api.send(
            api.request("/meows")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("body=form+caf%C3%A9")));

    assertThat(posted.statusCode()).isEqualTo(201);
    assertThat(Api.json(posted).get("body").stringValue()).isEqualTo("form café");
    assertThat(posted.headers().firstValue("Location"))
        .contains("/meows/" + Api.json(posted).get("id").stringValue());
  }

  @Test
  void aMeowCanBeReadByItsAddress() throws Exception {
    HttpResponse<String> posted = api.post("read by address");
    String location = posted.headers().firstValue("Location").orElseThrow();

    await().atMost(SOON).until(() -> api.get(location).statusCode() == 200);
    assertThat(Api.json(api.get(location))).isEqualTo(Api.json(posted));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json | {\"body\":\"  \"} | 400 | /problems/blank",
        "application/json | {\"body\":\"\\u3164\\ufe0f\"} | 400 | /problems/blank",
        "application/json | {\"body\":\"1\\n2\\n3\\n4\\n5\\n6\\n7\\n8\\n9\\n0\"} | 400 |"
            + " /problems/too-many-lines",
        "application/json | {\"body\":\"a\\u0007b\"} | 400 | /problems/forbidden-character",
        "application/json | {\"body\":\"a\\u202Eb\"} | 400 | /problems/hidden-character",
        "application/json | {\"body\": | 400 | /problems/malformed-request",
        "application/json | {} | 400 | /problems/malformed-request",
        "application/x-www-form-urlencoded | body=%ff | 400 | /problems/malformed-request",
        "text/plain | hi | 415 | /problems/unsupported-media-type",
      })
  void refusesAPostWithAProblemThatHelps(String type, String content, int status, String problem)
      throws Exception {
    assertProblem(
        api.send(
            api.request("/meows")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(content))),
        status,
        problem);
  }

  @Test
  void storesNothingForWhoTakesNoJson() throws Exception {
    for (String accept : List.of("text/html", "application/problem+json", "*/*;q=0")) {
      assertProblem(
          api.send(
              api.request("/meows?body=unwantedanswer")
                  .header("Accept", accept)
                  .POST(BodyPublishers.noBody())),
          406,
          "/problems/not-acceptable");
    }
    api.post("wantedanswer");
    await().atMost(SOON).until(() -> !api.search("wantedanswer").isEmpty());
    assertThat(api.search("unwantedanswer")).isEmpty();
  }

  @Test
  void refusesWhatIsTooLong() throws Exception {
    assertThat(api.post("🐈".repeat(140)).statusCode()).isEqualTo(201);
    assertProblem(api.post("🐈".repeat(141)), 400, "/problems/too-long");
    assertProblem(api.post("x".repeat(17_000)), 413, "/problems/too-large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/meows?take=0",
        "/meows?take=501",
        "/meows?take=many",
        "/meows?skip=-1",
        "/meows?skip=9901&take=100",
        "/meows?before=nonsense",
        "/meows?after=nonsense",
        "/search",
        "/search?query=",
        "/search?query=x&sort=oldest",
        "/search?query=x&take=0"
      })
  void refusesAMalformedParameterAndNamesIt(String path) throws Exception {
    HttpResponse<String> answer = api.get(path);

    assertProblem(answer, 400, "/problems/invalid-parameter");
    assertThat(path + "query").contains(Api.json(answer).get("parameter").stringValue());
  }

  @Test
  void ignoresParametersThatItDoesNotKnow() throws Exception {
    assertThat(api.get("/meows?utm_source=cat&take=1").statusCode()).isEqualTo(200);
  }

  @Test
  void answers404ForWhatIsNotThere() throws Exception {
    assertProblem(api.get("/meows/000000000000000000000000000"), 404, "/problems/unknown-meow");
    assertProblem(api.get("/nothing"), 404, "/problems/not-found");
    assertProblem(api.get("/actuator/health"), 404, "/problems/not-found");
    assertProblem(api.get("/livez"), 404, "/problems/not-found");
  }

  @Test
  void saysWhichMethodsAreAllowed() throws Exception {
    HttpResponse<String> refused = api.send(api.request("/meows").DELETE());

    assertProblem(refused, 405, "/problems/method-not-allowed");
    assertThat(refused.headers().firstValue("Allow").orElseThrow()).contains("POST");
    assertThat(
            api.send(api.request("/meows").method("OPTIONS", BodyPublishers.noBody())).statusCode())
        .isEqualTo(204);
    HttpResponse<String> head =
        api.send(api.request("/meows").method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Meower-Position")).isPresent();
  }

  @Test
  void saysThatThePageIsAnotherOne() throws Exception {
    HttpResponse<String> refused = api.send(api.request("/").header("If-Match", "\"old\""));

    assertProblem(refused, 412, "/problems/precondition-failed");
  }

  @Test
  void limitsTheRateOfPostsOfOneAddress() throws Exception {
    List<HttpResponse<String>> answers = new ArrayList<>();
    try (HttpClient stranger =
        HttpClient.newBuilder().localAddress(InetAddress.getByName("127.0.0.2")).build()) {
      for (int i = 0; i < 60; i++) {
        answers.add(
            stranger.send(
                HttpRequest.newBuilder(URI.create(meower.url() + "/meows?body=flood" + i))
                    .POST(BodyPublishers.noBody())
                    .build(),
                BodyHandlers.ofString()));
      }
    }

    assertThat(answers.getFirst().statusCode()).isEqualTo(201);
    HttpResponse<String> refused =
        answers.stream().filter(a -> a.statusCode() == 429).findFirst().orElseThrow();
    assertProblem(refused, 429, "/problems/too-many-requests");
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void everyAnswerCarriesTheSecurityHeaders() throws Exception {
    for (String path : List.of("/", "/meows", "/nothing", "/search")) {
      var headers = api.get(path).headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(headers.firstValue("X-Request-Id")).isPresent();
      assertThat(headers.firstValue("Server").orElse("")).doesNotContainPattern("[0-9]");
    }
  }

  @Test
  void thePageSaysWhatItMayDo() throws Exception {
    for (String path : List.of("/", "/index.html", "/wall", "/wall/setup", asset())) {
      var headers = api.get(path).headers();
      assertThat(headers.allValues("Content-Security-Policy"))
          .as(path)
          .singleElement(InstanceOfAssertFactories.STRING)
          .contains("script-src 'self'", "connect-src 'self'");
      assertThat(headers.allValues("Permissions-Policy")).as(path).hasSize(1);
      assertThat(headers.allValues("Referrer-Policy")).as(path).containsExactly("no-referrer");
      assertThat(headers.allValues("Cross-Origin-Opener-Policy"))
          .as(path)
          .containsExactly("same-origin");
    }
    for (String path : List.of("/", "/wall", "/wall/setup")) {
      assertThat(api.get(path).headers().firstValue("Cache-Control")).as(path).contains("no-cache");
    }
    assertThat(api.get(asset()).headers().firstValue("Cache-Control").orElseThrow())
        .contains("immutable");
    assertThat(api.get("/assets/gone.js").headers().allValues("Cache-Control"))
        .containsExactly("no-store");
  }

  private String asset() throws Exception {
    Matcher link = Pattern.compile("/assets/[^\"]+").matcher(api.get("/").body());
    assertThat(link.find()).isTrue();
    return link.group();
  }

  @Test
  void pagesThroughTheWholeTimelineWhileNewMeowsArrive() throws Exception {
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < 45; i++) {
      bodies.addFirst("paging number " + i);
      api.post("paging number " + i);
    }
    await().atMost(SOON).until(() -> api.search("paging").size() == 45);

    List<String> seen = new ArrayList<>();
    String before = "";
    while (seen.size() < 45) {
      List<Api.Meow> page = Api.meows(api.get("/meows?take=7" + before));
      page.stream().map(Api.Meow::body).filter(b -> b.startsWith("paging")).forEach(seen::add);
      before = "&before=" + page.getLast().id();
      api.post("arrives meanwhile");
    }

    assertThat(seen).isEqualTo(bodies);
  }

  @Test
  void searchForgivesAndMarks() throws Exception {
    api.post("crème brûlée 🐈 beside the #Kitten tonight");
    await().atMost(SOON).until(() -> api.search("brulee").size() == 1);

    for (String query :
        List.of("creme", "bruleé", "brulle", "tonig", "#kitten", "\"beside the\"", "tonigth")) {
      assertThat(api.search(query)).as(query).hasSize(1);
    }
    for (String query : List.of("\"the beside\"", "#brulee", "xbrulee")) {
      assertThat(api.search(query)).as(query).isEmpty();
    }
    JsonNode found = Api.json(api.get("/search?query=" + Api.encode("#kitten"))).get(0);
    JsonNode match = found.get("matches").get(0);
    assertThat(
            found
                .get("body")
                .stringValue()
                .substring(match.get("start").intValue(), match.get("end").intValue()))
        .isEqualTo("#Kitten");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AND OR",
        "body:x",
        "a* ?b",
        "(",
        "\"",
        "\\",
        "/x/",
        "~2",
        "[1 TO 2]",
        "🐈",
        "!!",
        "#",
        "^4",
        "{}"
      })
  void noQueryIsASyntaxError(String query) throws Exception {
    assertThat(api.get("/search?query=" + Api.encode(query)).statusCode()).isEqualTo(200);
  }

  @Test
  void saysThatItIsHealthy() throws Exception {
    assertThat(api.get("/healthz").statusCode()).isEqualTo(200);
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String type) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = Api.json(answer);
    assertThat(problem.get("type").stringValue()).isEqualTo(type);
    assertThat(problem.get("title").stringValue()).isNotBlank();
    assertThat(problem.get("status").intValue()).isEqualTo(status);
    assertThat(problem.get("detail").stringValue()).isNotBlank();
  }
}
