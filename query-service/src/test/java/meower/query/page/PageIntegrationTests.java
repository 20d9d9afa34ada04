package meower.query.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import meower.query.MeowFeed;
import meower.query.RunningService;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Meows as documents: for who follows a link, and inside of other sites. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageIntegrationTests {

  private static final String BROWSER =
      "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
  private static final String HOSTILE =
      "<b onclick=\"x()\">&amp; <!--# include virtual=\"/x\" --> '{{url}}' `a` #cats";
  private static final String ESCAPED =
      "&lt;b onclick&#x3D;&quot;x()&quot;&gt;&amp;amp; &lt;!--# include";
  private static final String UNKNOWN = "0".repeat(27);

  private MeowFeed feed;
  private RunningService service;
  private String sitter;
  private String hostile;
  private String deleted;

  @BeforeAll
  void begin() throws Exception {
    feed = MeowFeed.begin(TestServers.nats(), TestServers.elasticsearch());
    service =
        RunningService.start(
            TestServers.nats(),
            TestServers.elasticsearch(),
            "--meower.public-url=https://meower.example/");
    sitter = feed.publish("A #catsitter comes");
    hostile = feed.publish(HOSTILE);
    deleted = feed.publish("secret #cats");
    feed.delete(deleted, 2);
    await().untilAsserted(() -> assertThat(service.timeline()).containsExactly(hostile, sitter));
  }

  @AfterAll
  void end() {
    service.close();
    feed.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | text/html
          text/html                                                       | text/html
          application/json;q=0.5, text/html                               | text/html
          */*                                                             | application/json
          application/json                                                | application/json
          application/json, text/html;q=0.5                               | application/json
          text/html;q=0, */*                                              | application/json
          application/json, application/problem+json                      | application/json
          """)
  void isADocumentForWhoPrefersOne(String accept, String type) throws Exception {
    HttpResponse<String> answer = service.getWith("Accept", accept, "/meows/" + hostile);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
  }

  @Test
  void isShownToWhoMakesPreviews() throws Exception {
    HttpResponse<String> answer = document("/meows/" + sitter);

    assertThat(answer.body())
        .contains(
            "<!--# include virtual=\"/meow-head.html\" -->",
            "property=\"og:description\" content=\"A #catsitter comes\"",
            "property=\"og:url\" content=\"https://meower.example/meows/" + sitter + "\"",
            "<p lang=\"\" dir=\"auto\">A #catsitter comes</p>");
    assertThat(answer.headers().allValues("Vary")).contains("Accept");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/meows/", "/embed/"})
  void nobodysTextIsMarkupNorAnInstruction(String path) throws Exception {
    String document = document(path + hostile).body();

    assertThat(document).contains(ESCAPED).doesNotContain("<b ", "virtual=\"/x\"", "'https:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/meows/", "/embed/"})
  void saysInWordsWhatIsNotThere(String path) throws Exception {
    HttpResponse<String> unknown = document(path + UNKNOWN);
    HttpResponse<String> noId = document(path + "nothing");
    HttpResponse<String> gone = document(path + deleted);

    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("<h1>There is no such meow</h1>", "noindex");
    assertThat(noId.statusCode()).isEqualTo(404);
    assertThat(gone.statusCode()).isEqualTo(410);
    assertThat(gone.body()).contains("<h1>The meow was deleted</h1>").doesNotContain("secret");
    assertThat(gone.headers().allValues("Vary")).contains("Accept");
  }

  @Test
  void embedsTheNewestOfATag() throws Exception {
    for (String query : new String[] {"tag=cats", "tag=%23CATS", "tag=cats&n=20"}) {
      String list = document("/embed?" + query).body();

      assertThat(list)
          .contains("https://meower.example/meows/" + hostile, "http-equiv=\"refresh\"")
          .doesNotContain("catsitter", "secret", "<script");
    }
    assertThat(document("/embed").body()).contains("catsitter", "https://meower.example/\"");
    assertThat(document("/embed?n=1").body()).doesNotContain("catsitter");
    assertThat(document("/embed?tag=nobody").body()).contains("Nobody has meowed here yet.");
    assertThat(document("/embed/" + sitter).body()).contains("http-equiv=\"refresh\"");
    assertThat(document("/embed/" + UNKNOWN).body()).contains("http-equiv=\"refresh\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"n=0", "n=21", "n=x", "tag=", "tag=two+words", "tag=%23a+%23b", "tag=123"})
  void saysWhichParameterIsWrong(String query) throws Exception {
    HttpResponse<String> answer = document("/embed?" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(query.substring(0, query.indexOf('=')) + " has to be");
  }

  @Test
  void isSmall() throws Exception {
    assertThat(document("/embed?n=20").body().length()).isLessThan(15_000);
  }

  private HttpResponse<String> document(String path) throws Exception {
    HttpResponse<String> answer = service.getWith("Accept", BROWSER, path);
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
    return answer;
  }
}
