package meower.pusher;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import meower.schema.Position;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The service as it runs in production, on a free port. */
final class Pusher implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(20);
  private static final Duration CATCH_UP = Duration.ofSeconds(30);
  private static final Duration TRY = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(5);

  private final ConfigurableApplicationContext context;

  private Pusher(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /**
   * @param settings more of them, {@code name=value}
   */
  static Pusher start(String natsUrl, String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "server.address=127.0.0.1",
                "server.port=0",
                "management.server.port=0",
                "management.server.address=127.0.0.1",
                "meower.nats.url=" + natsUrl));
    all.addAll(Arrays.asList(settings));
    String[] arguments = all.stream().map("--"::concat).toArray(String[]::new);
    return new Pusher(new SpringApplicationBuilder(PusherApplication.class).run(arguments));
  }

  int port() {
    return port("local.server.port");
  }

  URI http(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  URI management(String path) {
    return URI.create("http://127.0.0.1:" + port("local.management.port") + path);
  }

  URI socket(String query) {
    return URI.create("ws://127.0.0.1:" + port() + "/pusher" + query);
  }

  /** Returns when browsers are let in. */
  void awaitFeed() {
    await().atMost(START).ignoreExceptions().until(() -> isLetIn(Browser.connect(socket(""))));
  }

  /**
   * Waits until the log has come to a sequence, and returns that position. A browser that reaches
   * the end of a log that is still behind is live from there on, and may be told of a gap.
   */
  Position awaitHead(long sequence) {
    return await().atMost(CATCH_UP).until(this::head, head -> head.sequence() == sequence);
  }

  private Position head() {
    try (Browser browser = connect("")) {
      return browser.hello().position();
    }
  }

  /** Returns the status with which a request is answered. */
  int status(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(http(path)).timeout(START).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  /** Likewise, of a HEAD that accepts certain types. */
  int head(String path, String accept) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(http(path)).HEAD().timeout(START).header("Accept", accept).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  /** Connects a browser and waits for its hello. */
  Browser connect(String query) {
    Browser browser = Browser.connect(socket(query));
    await().pollInterval(POLL).atMost(START).until(() -> browser.count() > 0);
    return browser;
  }

  double counted(String meter) {
    return context.getBean(MeterRegistry.class).get(meter).counter().count();
  }

  int subscribers() {
    return gauge("meower.subscribers");
  }

  int gauge(String meter) {
    return (int) context.getBean(MeterRegistry.class).get(meter).gauge().value();
  }

  /** Stops the service as SIGTERM does. */
  @Override
  public void close() {
    context.close();
  }

  private static boolean isLetIn(Browser browser) {
    try (browser) {
      await().atMost(TRY).until(() -> browser.count() > 0);
      return true;
    }
  }

  private int port(String name) {
    return context.getEnvironment().getRequiredProperty(name, Integer.class);
  }
}
