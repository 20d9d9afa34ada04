package meower.bench.relevance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import meower.standalone.stack.Login;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An index of its own in Meower's Elasticsearch, whose texts one analyzer has taken apart. */
final class PeerIndex implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Login elasticsearch;
  private final String analyzer;
  private final String index;

  /**
   * @param elasticsearch where it is, and as whom to come there
   * @param analyzer one that Elasticsearch knows by itself
   */
  PeerIndex(Login elasticsearch, String analyzer) {
    this.elasticsearch = elasticsearch;
    this.analyzer = analyzer;
    this.index = "/meows-bench-relevance-" + analyzer;
  }

  /** Tells whether this server has the analyzer; some are in a module of their own. */
  boolean isPossible() throws IOException, InterruptedException {
    Map<String, String> analysis = Map.of("analyzer", analyzer, "text", "meow");
    HttpResponse<byte[]> answer = send("POST", "/meows/_analyze", JSON.writeValueAsBytes(analysis));
    return answer.statusCode() != BAD_REQUEST && !read(answer).isEmpty();
  }

  /** Makes the index, with these texts. */
  void fill(List<JudgedText> texts) throws IOException, InterruptedException {
    Map<String, Object> text = Map.of("type", "text", "analyzer", analyzer);
    require(
        "PUT",
        index,
        Map.of(
            "settings", Map.of("number_of_shards", 1),
            "mappings", Map.of("properties", Map.of("text", text))));
    ByteArrayOutputStream bulk = new ByteArrayOutputStream();
    for (JudgedText each : texts) {
      bulk.writeBytes(JSON.writeValueAsBytes(Map.of("create", Map.of("_id", each.key()))));
      bulk.write('\n');
      bulk.writeBytes(JSON.writeValueAsBytes(Map.of("text", each.text())));
      bulk.write('\n');
    }
    JsonNode done = read(send("POST", index + "/_bulk?refresh=true", bulk.toByteArray()));
    if (done.get("errors").asBoolean()) {
      throw new IOException("a bulk request failed");
    }
  }

  /**
   * Returns the search that people write first: all words or any of them, with typing errors.
   *
   * @param operator {@code and} or {@code or}
   */
  SearchEngine match(String operator) {
    return new Match(operator);
  }

  /** Takes the index away again. */
  @Override
  public void close() throws IOException {
    try (client) {
      send("DELETE", index, new byte[0]);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private JsonNode require(String method, String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    return read(send(method, path, JSON.writeValueAsBytes(body)));
  }

  private static JsonNode read(HttpResponse<byte[]> answer) throws IOException {
    if (answer.statusCode() != OK) {
      throw new IOException(
          answer.uri() + ": " + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return JSON.readTree(answer.body());
  }

  private HttpResponse<byte[]> send(String method, String path, byte[] body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(elasticsearch.url() + path))
            .header("Authorization", elasticsearch.authorization())
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private final class Match implements SearchEngine {

    private final String operator;

    Match(String operator) {
      this.operator = operator;
    }

    @Override
    public String name() {
      return "Elasticsearch: %s analyzer, match, %s, fuzziness AUTO".formatted(analyzer, operator);
    }

    @Override
    public List<String> find(String query) throws IOException, InterruptedException {
      Map<String, String> match = Map.of("query", query, "operator", operator, "fuzziness", "AUTO");
      JsonNode answer =
          require(
              "POST",
              index + "/_search?_source=false",
              Map.of("size", Score.DEPTH, "query", Map.of("match", Map.of("text", match))));
      List<String> found = new ArrayList<>();
      for (JsonNode hit : answer.get("hits").get("hits")) {
        found.add(hit.get("_id").asString());
      }
      return found;
    }
  }
}
