package meower.query.syndication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import meower.query.MeowFeed;
import meower.query.RunningService;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyndicationIntegrationTests {

  private static final String HOSTILE = "<b onclick=\"x()\">&amp; ]]> <!-- \u0007\uFFFF #cats";
  private static final String CATS = "Two cats, one #Cats";
  private static final String SITTER = "A #catsitter comes";

  private final TestNats nats = TestServers.nats();
  private final TestElasticsearch elasticsearch = TestServers.elasticsearch();
  private MeowFeed feed;
  private RunningService service;

  @BeforeAll
  void begin() throws Exception {
    feed = MeowFeed.begin(nats, elasticsearch);
    service =
        RunningService.start(nats, elasticsearch, "--meower.public-url=https://meower.example/");
    for (String body : List.of(SITTER, CATS, HOSTILE)) {
      feed.publish(body);
    }
    await().untilAsserted(() -> assertThat(service.timeline()).hasSize(3));
  }

  @AfterAll
  void end() {
    service.close();
    feed.close();
  }

  @Test
  void isAtomThatReadersCanRead() throws Exception {
    HttpResponse<String> answer = service.get("/feed.atom");
    Document atom = parse(answer);

    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("application/atom+xml;charset=UTF-8");
    assertThat(texts(atom, "content"))
        .containsExactly(
            HOSTILE.replace('\u0007', '\uFFFD').replace('\uFFFF', '\uFFFD'), CATS, SITTER);
    assertThat(texts(atom, "id")).allMatch(id -> id.startsWith("tag:meower.example,2026:"));
    assertThat(texts(atom, "id")).doesNotHaveDuplicates();
    assertThat(texts(atom, "updated")).allSatisfy(at -> assertThat(Instant.parse(at)).isNotNull());
    assertThat(attributes(atom, "link", "href"))
        .contains("https://meower.example/feed.atom", "https://meower.example/")
        .allMatch(href -> href.startsWith("https://meower.example/"));
    // Newest first, as each entry's own time says.
    assertThat(texts(atom, "updated").getFirst()).isEqualTo(texts(atom, "updated").get(1));
  }

  @Test
  void isAJsonFeed() throws Exception {
    HttpResponse<String> answer = service.get("/feed.json?take=2");
    JsonNode json = JsonMapper.shared().readTree(answer.body());

    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("application/feed+json;charset=UTF-8");
    assertThat(json.get("version").stringValue()).isEqualTo("https://jsonfeed.org/version/1.1");
    assertThat(json.get("feed_url").stringValue()).isEqualTo("https://meower.example/feed.json");
    assertThat(json.get("items").valueStream().map(i -> i.get("content_text").stringValue()))
        .containsExactly(HOSTILE, CATS);
  }

  @Test
  void aTopicIsAFinishedTag() throws Exception {
    assertThat(texts(parse(service.get("/feed.atom?topic=%23cats")), "content"))
        .hasSize(2)
        .doesNotContain(SITTER);
    assertThat(texts(parse(service.get("/feed.atom?query=%23cats")), "content")).hasSize(3);
    assertThat(texts(parse(service.get("/feed.atom?query=one+cats")), "content"))
        .containsExactly(CATS);
    assertThat(attributes(parse(service.get("/feed.atom?topic=%23cats")), "link", "href"))
        .contains("https://meower.example/feed.atom?topic=%23cats");
  }

  @Test
  void saysNothingTwice() throws Exception {
    for (String path : List.of("/feed.atom?topic=%23cats", "/feed.json")) {
      HttpResponse<String> first = service.get(path);
      String tag = first.headers().firstValue("ETag").orElseThrow();
      String modified = first.headers().firstValue("Last-Modified").orElseThrow();

      assertThat(service.getWith("If-None-Match", tag, path).statusCode()).isEqualTo(304);
      assertThat(service.getWith("If-Modified-Since", modified, path).statusCode()).isEqualTo(304);
      assertThat(service.getWith("If-None-Match", "\"other\"", path).statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topic=cats",
        "topic=",
        "topic=%23",
        "topic=%23a+b",
        "topic=%23a&query=b",
        "query=",
        "take=0",
        "take=101",
        "take=x",
        "take=9999999999999"
      })
  void refusesWhatItCannotAnswer(String parameters) throws Exception {
    for (String path : List.of("/feed.atom?", "/feed.json?")) {
      HttpResponse<String> refused = service.get(path + parameters);
      assertThat(refused.statusCode()).as(path + parameters).isEqualTo(400);
      assertThat(refused.body()).contains("/problems/invalid-parameter");
    }
  }

  @Test
  void isThereForReadersOfAllKinds() throws Exception {
    for (String accept :
        List.of("*/*", "application/atom+xml, application/xml;q=0.9", "text/html, */*;q=0.8")) {
      assertThat(service.getWith("Accept", accept, "/feed.atom").statusCode()).isEqualTo(200);
    }
    assertThat(service.getWith("Accept", "image/png", "/feed.atom").statusCode()).isEqualTo(406);
  }

  private static Document parse(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> texts(Document atom, String element) {
    return elements(atom, element).stream().map(Element::getTextContent).toList();
  }

  private static List<String> attributes(Document atom, String element, String attribute) {
    return elements(atom, element).stream().map(e -> e.getAttribute(attribute)).toList();
  }

  private static List<Element> elements(Document atom, String name) {
    NodeList nodes = atom.getElementsByTagNameNS("http://www.w3.org/2005/Atom", name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }
}
