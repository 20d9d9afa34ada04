package meower.bench.relevance;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
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
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Meower's {@code GET /search} through nginx. */
final class MeowerEngine implements SearchEngine, AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int CONNECTIONS = 32;
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, String> keys = new ConcurrentHashMap<>();
  private final String url;

  MeowerEngine(int nginx) {
    url = "http://localhost:" + nginx;
  }

  @Override
  public String name() {
    return "Meower: GET /search through nginx";
  }

  /**
   * Posts the texts and returns when all of them can be found: as soon as the last one can.
   *
   * @param inOrder one after the other: the newer of two that match equally well comes first, so
   *     that the results are the same each time
   * @param others in any order, newer than these; at least one
   */
  void fill(List<JudgedText> inOrder, List<JudgedText> others)
      throws IOException, InterruptedException {
    for (JudgedText text : inOrder) {
      post(text);
    }
    atOnce(others.subList(0, others.size() - 1).stream().map(this::posting).toList());
    await(post(others.getLast()));
  }

  @Override
  public List<String> find(String query) throws IOException, InterruptedException {
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8).replace("+", "%20");
    List<String> found = new ArrayList<>();
    for (JsonNode meow : send(request("/search?take=" + Score.DEPTH + "&query=" + encoded), OK)) {
      found.add(keys.getOrDefault(meow.get("id").asString(), "another"));
    }
    return found;
  }

  @Override
  public void close() {
    client.close();
  }

  private Callable<String> posting(JudgedText text) {
    return () -> post(text);
  }

  /** Returns its id. */
  private String post(JudgedText text) throws IOException, InterruptedException {
    byte[] body = JSON.writeValueAsBytes(Map.of("body", text.text()));
    HttpRequest.Builder request =
        request("/meows")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    String id = send(request, CREATED).get("id").asString();
    keys.put(id, text.key());
    return id;
  }

  private void await(String id) throws IOException, InterruptedException {
    long start = System.nanoTime();
    HttpRequest.Builder request = request("/meows/" + id + "?wait=5s");
    while (answer(request).statusCode() != OK) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IOException(id + " cannot be found yet");
      }
    }
  }

  private static void atOnce(List<Callable<String>> tasks)
      throws IOException, InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      for (Future<String> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT);
  }

  private JsonNode send(HttpRequest.Builder request, int status)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = answer(request);
    if (answer.statusCode() != status) {
      throw new IOException(
          "%s was answered with %d: %s"
              .formatted(
                  answer.request(),
                  answer.statusCode(),
                  new String(answer.body(), StandardCharsets.UTF_8)));
    }
    return JSON.readTree(answer.body());
  }

  private HttpResponse<byte[]> answer(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }
}
