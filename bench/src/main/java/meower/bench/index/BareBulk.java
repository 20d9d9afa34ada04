package meower.bench.index;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import meower.bench.lab.Contender;
import meower.bench.lab.Sample;
import meower.standalone.stack.Login;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Elasticsearch can take at most: bulk requests that were made before, of the documents that
 * Meower's index has, into an index of the same mapping and settings, refreshed once at the end.
 */
final class BareBulk implements Contender, AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int BATCH = 500;
  private static final int SENDERS = 2;
  private static final int OK = 200;
  private static final int TOO_MANY = 429;
  private static final Duration LATER = Duration.ofMillis(100);
  private static final String INDEX = "/meows-bench-bulk";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Login elasticsearch;
  private final List<byte[]> batches = new ArrayList<>();
  private String settings = "";
  private long documents;

  BareBulk(Login elasticsearch) {
    this.elasticsearch = elasticsearch;
  }

  @Override
  public String name() {
    return "Elasticsearch: bulk requests, " + BATCH + " documents each, " + SENDERS + " at once";
  }

  @Override
  public Sample measure() throws Exception {
    if (batches.isEmpty()) {
      readMeows();
    }
    send("PUT", INDEX, settings.getBytes(StandardCharsets.UTF_8));
    try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
      long start = System.nanoTime();
      List<Future<?>> sent = new ArrayList<>();
      for (byte[] batch : batches) {
        sent.add(senders.submit(() -> bulk(batch)));
      }
      for (Future<?> one : sent) {
        one.get();
      }
      send("POST", INDEX + "/_refresh", new byte[0]);
      double seconds = (System.nanoTime() - start) / 1e9;
      return Sample.of("meows/s", documents / seconds);
    } finally {
      send("DELETE", INDEX, new byte[0]);
    }
  }

  @Override
  public void close() {
    http.close();
  }

  private Void bulk(byte[] batch) throws Exception {
    HttpResponse<byte[]> answer = answer("POST", INDEX + "/_bulk?filter_path=errors", batch);
    // As every client has to: with little memory Elasticsearch wants it again, and later.
    while (answer.statusCode() == TOO_MANY) {
      Thread.sleep(LATER);
      answer = answer("POST", INDEX + "/_bulk?filter_path=errors", batch);
    }
    if (read(answer).get("errors").asBoolean()) {
      throw new IOException("a bulk request failed");
    }
    return null;
  }

  private void readMeows() throws Exception {
    JsonNode index = send("GET", "/meows", new byte[0]).iterator().next();
    ObjectNode copy = JSON.createObjectNode();
    copy.set("mappings", index.get("mappings"));
    ObjectNode kept = (ObjectNode) index.get("settings").get("index").deepCopy();
    kept.remove(List.of("uuid", "creation_date", "provided_name", "version", "routing"));
    copy.set("settings", JSON.createObjectNode().set("index", kept));
    settings = JSON.writeValueAsString(copy);
    long after = 0;
    for (List<JsonNode> page = page(after); !page.isEmpty(); page = page(after)) {
      addBatches(page);
      after = page.getLast().get("_source").get("sequence").asLong();
    }
  }

  private List<JsonNode> page(long after) throws Exception {
    String query =
        """
        {"size":1000,"sort":["sequence"],"track_total_hits":false,
         "query":{"range":{"sequence":{"gt":%d}}}}
        """
            .formatted(after);
    JsonNode found = send("POST", "/meows/_search", query.getBytes(StandardCharsets.UTF_8));
    List<JsonNode> hits = new ArrayList<>();
    found.get("hits").get("hits").forEach(hits::add);
    return hits;
  }

  private void addBatches(List<JsonNode> hits) {
    for (int from = 0; from < hits.size(); from += BATCH) {
      List<JsonNode> part = hits.subList(from, Math.min(from + BATCH, hits.size()));
      ByteArrayOutputStream batch = new ByteArrayOutputStream();
      for (JsonNode hit : part) {
        batch.writeBytes(
            ("{\"create\":{\"_id\":\"" + hit.get("_id").asString() + "\"}}\n")
                .getBytes(StandardCharsets.UTF_8));
        batch.writeBytes(JSON.writeValueAsBytes(hit.get("_source")));
        batch.write('\n');
      }
      batches.add(batch.toByteArray());
      documents += part.size();
    }
  }

  private JsonNode send(String method, String path, byte[] body) throws Exception {
    return read(answer(method, path, body));
  }

  private HttpResponse<byte[]> answer(String method, String path, byte[] body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(elasticsearch.url() + path))
            .header("Authorization", elasticsearch.authorization())
            .header("Content-Type", "application/json")
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private static JsonNode read(HttpResponse<byte[]> answer) throws IOException {
    if (answer.statusCode() != OK) {
      throw new IOException(
          answer.uri() + ": " + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return JSON.readTree(answer.body());
  }
}
