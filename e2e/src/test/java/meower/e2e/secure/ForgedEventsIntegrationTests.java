package meower.e2e.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.PublishOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import meower.e2e.Api;
import meower.e2e.FeedReader;
import meower.e2e.RunningMeower;
import meower.e2e.operators.OperatorCommand;
import meower.schema.MeowCreated;
import meower.schema.MeowEventJson;
import meower.schema.MeowIdGenerator;
import meower.schema.MeowStream;
import meower.standalone.stack.Instance;
import meower.standalone.stack.Part;
import org.junit.jupiter.api.Test;

/** Somebody has the password of the command-service for NATS, and not the key of the events. */
class ForgedEventsIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final List<Part> SERVICES = List.of(Part.COMMAND, Part.QUERY, Part.PUSHER);

  private final RunningMeower meower = RunningMeower.get();
  private final Api api = new Api(meower.url());

  @Test
  void nobodySeesWhatIsForgedAndEverybodyIsToldUntilItIsErased() throws Exception {
    String word = "forged" + System.nanoTime();
    try (FeedReader reader = FeedReader.connect(meower.url())) {
      forge(word + " dated 2030");
      api.post(word + " genuine");

      await().atMost(SOON).until(() -> reader.meows(word).size() == 1);
      await().atMost(SOON).until(() -> api.search(word).size() == 1);
      assertThat(reader.meows(word).getFirst().body()).endsWith("genuine");
      assertThat(api.search(word).getFirst().body()).endsWith("genuine");
      assertThat(api.timeline(10)).noneMatch(meow -> meow.body().endsWith("2030"));
    }
    for (Part service : SERVICES) {
      await().atMost(SOON).until(() -> health(service).contains("\"DOWN\""));
    }
    assertThat(api.get("/healthz").statusCode()).isEqualTo(200);
    assertThat(run("status")).containsPattern("of them not by Meower +[1-9]");
    assertThat(run("dead-letters", "list")).contains("forged: ");

    assertThat(run("dead-letters", "discard", "--all")).contains(": discarded");

    for (Part service : SERVICES) {
      await().atMost(SOON).until(() -> !health(service).contains("forged"));
    }
    assertThat(run("status")).containsPattern("of them not by Meower +0\\R");
  }

  @Test
  void nobodyElseReadsTheKey() throws IOException {
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(meower.data().resolve("keys/events"))))
        .isEqualTo("rw-------");
  }

  private void forge(String body) throws Exception {
    MeowIdGenerator ids = new MeowIdGenerator(Clock.systemUTC(), new SecureRandom());
    MeowCreated meow = new MeowCreated(ids.next(), body, Instant.parse("2030-01-01T00:00:00Z"));
    Connection nats = meower.access().nats(Part.COMMAND);
    try {
      nats.jetStream()
          .publish(
              MeowStream.CREATED,
              MeowEventJson.encode(meow),
              PublishOptions.builder().messageId(meow.key().toString()).build());
    } finally {
      nats.close();
    }
  }

  private String health(Part service) throws Exception {
    int port = meower.stack().ports().managementOf(Instance.first(service));
    URI uri = URI.create("http://127.0.0.1:" + port + "/actuator/health");
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }

  private String run(String... arguments) throws Exception {
    return OperatorCommand.run(meower.access(), "", arguments).output();
  }
}
