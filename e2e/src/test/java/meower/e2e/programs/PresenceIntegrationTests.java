package meower.e2e.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import meower.e2e.Api;
import meower.e2e.RunningMeower;
import meower.e2e.operators.OperatorCommand;
import meower.e2e.operators.OperatorCommand.Result;
import meower.operations.connection.ExitStatus;
import meower.standalone.demo.SightingReporter;
import meower.standalone.demo.StatusApi;
import meower.standalone.stack.Part;
import meower.standalone.stack.PortPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is here, as a tester with Basic authentication sees it through the proxy. */
class PresenceIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final RunningMeower meower = RunningMeower.get();
  private final PortPlan ports = meower.stack().ports();
  private final Api api = new Api(meower.url());
  private final String name = "tester-" + Long.toString(System.nanoTime(), 36);
  private final String authorization =
      "Basic "
          + Base64.getEncoder().encodeToString((name + ":pwd").getBytes(StandardCharsets.UTF_8));

  @AfterEach
  void restore() throws Exception {
    meower.restore();
    run("program", "remove", name);
  }

  @Test
  void theTesterFindsTheEvenOnesHereWhateverIsKilled() throws Exception {
    try (StatusApi status = new StatusApi(0, Duration.ofMillis(30), Duration.ofMillis(430));
        SightingReporter reporter =
            new SightingReporter(
                URI.create(meower.url() + "/callback"),
                "Authorization",
                authorization,
                new Random(5))) {
      Result added = add("--may", "post", "--status-url", status.url());
      assertThat(added.status()).as(added.output()).isEqualTo(ExitStatus.FINE);
      assertThat(added.output()).contains("looked up at " + status.url());

      await().atMost(SOON).until(() -> reporter.report().status() == 202);
      await().atMost(SOON).until(() -> here().equals(online(reporter)));
      for (Part part : List.of(Part.PROGRAM, Part.POSTGRES, Part.NATS)) {
        meower.stack().kill(part);
      }
      meower.restore();
      await().atMost(SOON).until(() -> reporter.report().status() == 202);
      await().atMost(SOON).ignoreExceptions().until(() -> here().equals(online(reporter)));
    }
  }

  @Test
  void reportsWithoutASecretAtAPortForThat() throws Exception {
    String tester = RunningMeower.CALLBACK.program();
    URI callback = URI.create("http://localhost:" + RunningMeower.CALLBACK.port() + "/callback");
    try (StatusApi status = new StatusApi(0, Duration.ofMillis(1), Duration.ofMillis(5));
        SightingReporter reporter =
            new SightingReporter(callback, "X-No-Secret", "none", new Random(5))) {
      assertThat(reporter.report().status()).isEqualTo(401);
      Result added = run("program", "add", tester, "--status-url", status.url());
      assertThat(added.status()).as(added.output()).isEqualTo(ExitStatus.FINE);

      assertThat(reporter.report().status()).isEqualTo(202);

      await().atMost(SOON).until(() -> status.totalCalls() > 0);
    } finally {
      run("program", "remove", tester);
    }
    await()
        .atMost(SOON)
        .until(() -> {
          try (SightingReporter late =
              new SightingReporter(callback, "X-No-Secret", "none", new Random(5))) {
            return late.report().status() == 401;
          }
        });
  }

  @Test
  void tellsWhoComesThroughTheProxyAndEndsWhenTheProgramIsRemoved() throws Exception {
    try (StatusApi status = new StatusApi(0, Duration.ofMillis(1), Duration.ofMillis(5))) {
      add("--may", "presence", "--status-url", status.url());
      String last;
      try (Reading reading = new Reading("")) {
        await().atMost(SOON).until(() -> reading.has("event: snapshot"));
        report(2);
        await().atMost(SOON).until(() -> reading.has("event: joined"));
        assertThat(reading.lines).anyMatch(line -> line.startsWith("data: {\"id\":\"2\","));
        last = reading.lastId();
      }
      report(4);
      await().atMost(SOON).until(() -> here().size() == 2);
      try (Reading reading = new Reading(last)) {
        await().atMost(SOON).until(() -> reading.has("event: joined"));
        assertThat(reading.lines).anyMatch(line -> line.startsWith("data: {\"id\":\"4\","));
        assertThat(reading.has("event: snapshot")).isFalse();

        run("program", "remove", name);

        await().atMost(SOON).until(() -> reading.ended);
      }
      await()
          .atMost(SOON)
          .until(() -> {
            try (Reading refused = new Reading(last)) {
              return refused.status == 401;
            }
          });
    }
  }

  private void report(int id) throws Exception {
    HttpRequest.Builder request =
        request("/callback")
            .header("Authorization", authorization)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"object_ids\":[" + id + "]}"));
    assertThat(api.send(request).statusCode()).isEqualTo(202);
  }

  /** Reads a stream of events, line by line. */
  private final class Reading implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final int status;
    private volatile boolean ended;

    Reading(String lastEventId) throws Exception {
      HttpResponse<Stream<String>> answer =
          client.send(
              request("/presence/" + name + "/events")
                  .header("Authorization", authorization)
                  .header("Accept", "text/event-stream")
                  .header("Last-Event-ID", lastEventId)
                  .build(),
              BodyHandlers.ofLines());
      status = answer.statusCode();
      Thread.ofVirtual().start(() -> read(answer.body()));
    }

    private void read(Stream<String> body) {
      try (body) {
        body.forEach(lines::add);
      } catch (UncheckedIOException _) {
        // The connection was cut, which is an end as well.
      }
      ended = true;
    }

    boolean has(String line) {
      return lines.contains(line);
    }

    String lastId() {
      return lines.stream()
          .filter(line -> line.startsWith("id: "))
          .reduce("", (_, line) -> line.substring("id: ".length()));
    }

    @Override
    public void close() {
      client.shutdownNow();
    }
  }

  @Test
  void meowerIsNotCalledForAProgram() throws Exception {
    for (int port :
        List.of(
            ports.of(Part.POSTGRES),
            ports.of(Part.ELASTICSEARCH),
            ports.nginx(),
            ports.natsMonitoring(),
            RunningMeower.CALLBACK.port())) {
      Result refused = add("--status-url", "http://127.0.0.1:" + port + "/{id}");
      assertThat(refused.status()).as("port " + port).isEqualTo(ExitStatus.FAILED);
      assertThat(refused.output()).contains("Meower's own ports are never called");
    }
    assertThat(add("--status-url", "http://10.0.0.1/{id}").output())
        .contains("meower.outbound.allowed-networks");
    assertThat(run("program", "list").output()).doesNotContain(name);
    assertThat(add().status()).isEqualTo(ExitStatus.FINE);
  }

  private static List<String> online(SightingReporter reporter) {
    return reporter.online(Duration.ofMinutes(5), Duration.ZERO).stream().sorted().toList();
  }

  private List<String> here() throws Exception {
    HttpResponse<String> answer =
        api.send(request("/presence/" + name).header("Authorization", authorization));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return StreamSupport.stream(Api.json(answer).get("objects").spliterator(), false)
        .map(object -> object.get("id").stringValue())
        .toList();
  }

  private HttpRequest.Builder request(String path) {
    return api.request(path);
  }

  private Result add(String... options) throws Exception {
    List<String> words =
        new ArrayList<>(List.of("program", "add", name, "--password", "pwd", "--weak"));
    words.addAll(List.of(options));
    return run(words.toArray(String[]::new));
  }

  private Result run(String... arguments) throws Exception {
    return OperatorCommand.run(meower.access(), "", arguments);
  }
}
