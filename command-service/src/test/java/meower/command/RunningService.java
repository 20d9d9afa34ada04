package meower.command;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import meower.testservers.TestNats;
import meower.testservers.TestPostgres;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** One instance of the command service on free ports, as many at once as a test needs. */
public final class RunningService implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final ConfigurableApplicationContext context;

  private RunningService(ConfigurableApplicationContext context) {
    this.context = context;
  }

  public static RunningService start(
      TestPostgres postgres, String jdbcUrl, TestNats nats, String... settings) {
    return start(postgres, jdbcUrl, nats.url(), settings);
  }

  public static RunningService start(
      TestPostgres postgres, String jdbcUrl, String natsUrl, String... settings) {
    List<String> arguments = new ArrayList<>(List.of(settings));
    arguments.addAll(
        List.of(
            "--spring.datasource.url=" + jdbcUrl,
            "--spring.datasource.username=" + postgres.username(),
            "--spring.datasource.password=" + postgres.password(),
            "--meower.nats.url=" + natsUrl,
            "--server.port=0",
            "--management.server.port=0",
            "--server.address=127.0.0.1",
            "--management.server.address=127.0.0.1"));
    return new RunningService(
        new SpringApplicationBuilder(CommandServiceApplication.class)
            .run(arguments.toArray(String[]::new)));
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return send(
        "/meows?body=" + URLEncoder.encode(body, StandardCharsets.UTF_8),
        HttpRequest.BodyPublishers.noBody());
  }

  public HttpResponse<String> post(String body, String idempotencyKey)
      throws IOException, InterruptedException {
    return http.send(
        request("/meows?body=" + URLEncoder.encode(body, StandardCharsets.UTF_8))
            .header("Idempotency-Key", idempotencyKey)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  /** Edits a meow, with further headers: names and values in turn. */
  public HttpResponse<String> edit(Posted meow, String body, String... headers)
      throws IOException, InterruptedException {
    String json = JsonMapper.shared().writeValueAsString(Map.of("body", body));
    HttpRequest.Builder request =
        request("/meows/" + meow.id())
            .header("Content-Type", "application/json")
            .header("Meower-Undo", meow.undo())
            .PUT(HttpRequest.BodyPublishers.ofString(json));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  public HttpResponse<String> delete(Posted meow) throws IOException, InterruptedException {
    return http.send(
        request("/meows/" + meow.id()).header("Meower-Undo", meow.undo()).DELETE().build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  /**
   * What its sender knows of a meow.
   *
   * @param undo what comes with the answer, to change the meow with
   */
  public record Posted(String id, String undo) {

    public static Posted of(HttpResponse<String> answer) {
      return new Posted(
          JsonMapper.shared().readTree(answer.body()).get("id").stringValue(),
          answer.headers().firstValue("Meower-Undo").orElseThrow());
    }
  }

  /** Returns where something is, for example a WebSocket. */
  public String address(String scheme, String path) {
    return scheme + "://127.0.0.1:" + port() + path;
  }

  public int port() {
    return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  /** Sends a GET with further headers: names and values in turn. */
  public HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return http.send(
        request(path).headers(headers).GET().build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  public boolean isRunning() {
    return context.isRunning();
  }

  public HttpResponse<String> postJson(String json) throws IOException, InterruptedException {
    return send("/meows", HttpRequest.BodyPublishers.ofString(json));
  }

  /** Posts with further headers: names and values in turn. */
  public HttpResponse<String> postJson(String json, String... headers)
      throws IOException, InterruptedException {
    return http.send(
        request("/meows")
            .header("Content-Type", "application/json")
            .headers(headers)
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        request(path).GET().build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  /** Returns an answer of the management port, for example to {@code /actuator/health}. */
  public HttpResponse<String> manage(String path) throws IOException, InterruptedException {
    return http.send(
        request("local.management.port", path).GET().build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    context.close();
    http.close();
  }

  private HttpResponse<String> send(String path, HttpRequest.BodyPublisher body)
      throws IOException, InterruptedException {
    return http.send(
        request(path).header("Content-Type", "application/json").POST(body).build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private HttpRequest.Builder request(String path) {
    return request("local.server.port", path);
  }

  private HttpRequest.Builder request(String portProperty, String path) {
    String port = context.getEnvironment().getRequiredProperty(portProperty);
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(60));
  }
}
