package meower.program;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import meower.testservers.TestPostgres;
import meower.web.pass.Scope;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** One instance of the program service on free ports, as many at once as a test needs. */
public final class RunningService implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final ConfigurableApplicationContext context;

  private RunningService(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts one and returns when it is ready. */
  public static RunningService start(
      TestPostgres postgres, String jdbcUrl, String natsUrl, String... settings) {
    RunningService service = startUnready(postgres, jdbcUrl, natsUrl, settings);
    await().atMost(Duration.ofSeconds(30)).until(service::isReady);
    return service;
  }

  static RunningService startUnready(
      TestPostgres postgres, String jdbcUrl, String natsUrl, String... settings) {
    List<String> arguments = new ArrayList<>(arguments(postgres, jdbcUrl, natsUrl, 0, 0));
    arguments.addAll(List.of(settings));
    if (arguments.stream().noneMatch(argument -> argument.contains("calls-per-second"))) {
      arguments.add("--meower.queues.calls-per-second=100000");
    }
    return new RunningService(
        new SpringApplicationBuilder(ProgramServiceApplication.class)
            .run(arguments.toArray(String[]::new)));
  }

  static List<String> arguments(
      TestPostgres postgres, String jdbcUrl, String natsUrl, int port, int managementPort) {
    return List.of(
        "--spring.datasource.url=" + jdbcUrl,
        "--spring.datasource.username=" + postgres.username(),
        "--spring.datasource.password=" + postgres.password(),
        "--meower.nats.url=" + natsUrl,
        "--meower.passes.key-file=" + Passes.file(),
        "--server.port=" + port,
        "--management.server.port=" + managementPort,
        "--server.address=127.0.0.1",
        "--management.server.address=127.0.0.1");
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public String url() {
    return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
  }

  /** A program that may report who is here, to this instance. */
  public TestProgram asReporter(String program) {
    return new TestProgram(url(), Passes.of(program, Scope.PRESENCE));
  }

  /** A program that calls this instance. */
  public TestProgram as(String program) {
    return new TestProgram(url(), Passes.of(program));
  }

  boolean isReady() throws Exception {
    return HTTP.send(
                HttpRequest.newBuilder(URI.create(url() + "/readyz")).build(),
                BodyHandlers.discarding())
            .statusCode()
        == 200;
  }

  /** Returns the value of a metric. */
  public double metric(String name) throws Exception {
    String port = context.getEnvironment().getRequiredProperty("local.management.port");
    URI uri = URI.create("http://127.0.0.1:" + port + "/actuator/metrics/" + name);
    String body = HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    return Double.parseDouble(body.replaceAll("(?s).*\"value\":([-0-9.E]+).*", "$1"));
  }

  @Override
  public void close() {
    context.close();
  }
}
