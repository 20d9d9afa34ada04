package meower.query;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestNats;
import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One instance of the query service on free ports, as many at once as a test needs. */
public final class RunningService implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** Nothing in memory, if a test does not say otherwise: what is asked is the index. */
  private static final String NEWEST = "--meower.timeline.newest=";

  static {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final ConfigurableApplicationContext context;

  private RunningService(ConfigurableApplicationContext context) {
    this.context = context;
  }

  public static RunningService start(
      TestNats nats, TestElasticsearch elasticsearch, String... more) {
    return start(nats, elasticsearch, _ -> {}, more);
  }

  /** Starts an instance that differs from those of today in what the initializer says. */
  public static RunningService start(
      TestNats nats,
      TestElasticsearch elasticsearch,
      ApplicationContextInitializer<GenericApplicationContext> initializer,
      String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--meower.nats.url=" + nats.url(),
                "--meower.elasticsearch.url=" + elasticsearch.url(),
                "--server.port=0",
                "--management.server.port=0",
                "--server.address=127.0.0.1",
                "--management.server.address=127.0.0.1",
                "--spring.main.banner-mode=off"));
    arguments.addAll(List.of(more));
    if (arguments.stream().noneMatch(argument -> argument.startsWith(NEWEST))) {
      arguments.add(NEWEST + 0);
    }
    return new RunningService(
        new SpringApplicationBuilder(QueryServiceApplication.class)
            .initializers(initializer)
            .run(arguments.toArray(String[]::new)));
  }

  public double counted(String meter) {
    return context.getBean(MeterRegistry.class).get(meter).counter().count();
  }

  /** Asks where operators ask. */
  public HttpResponse<String> manage(String path) throws IOException, InterruptedException {
    String port = context.getEnvironment().getRequiredProperty("local.management.port");
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  public double measured(String meter) {
    return context.getBean(MeterRegistry.class).get(meter).gauge().value();
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path);
  }

  /** Asks for what has changed. */
  public HttpResponse<String> getUnless(String tag, String path)
      throws IOException, InterruptedException {
    return getWith("If-None-Match", tag, path);
  }

  public HttpResponse<String> getWith(String header, String value, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .timeout(Duration.ofSeconds(20))
            .header(header, value)
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  public HttpResponse<String> send(String method, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .timeout(Duration.ofSeconds(20))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  /** Returns the status of a request that no decent client would send. */
  public int rawStatus(String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(10_000);
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3));
    }
  }

  public HttpResponse<String> search(String query) throws IOException, InterruptedException {
    return get("/search?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
  }

  /** Returns the ids of the whole timeline, newest first, read page by page. */
  public List<String> timeline() throws IOException, InterruptedException {
    List<String> ids = new ArrayList<>();
    Optional<String> next = Optional.of("/meows?take=500");
    while (next.isPresent()) {
      HttpResponse<String> page = get(next.get());
      if (page.statusCode() != 200) {
        return List.of("status " + page.statusCode());
      }
      ids.addAll(fields(page, "id"));
      next = link(page, "next");
    }
    return ids;
  }

  /** Returns one field of every element of an answer that is an array. */
  public static List<String> fields(HttpResponse<String> answer, String field) {
    return StreamSupport.stream(json(answer).spliterator(), false)
        .map(element -> element.path(field).asString())
        .toList();
  }

  public static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }

  /** Returns the target of a link of an answer. */
  public static Optional<String> link(HttpResponse<String> answer, String relation) {
    return answer.headers().allValues("Link").stream()
        .flatMap(header -> List.of(header.split(", ", -1)).stream())
        .filter(link -> link.endsWith("; rel=\"" + relation + "\""))
        .map(link -> link.substring(1, link.indexOf('>')))
        .findFirst();
  }

  private int port() {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  @Override
  public void close() {
    context.close();
    http.close();
  }
}
