package meower.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import meower.command.RunningService.Posted;
import meower.testservers.TestNats;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What grows without end, and how it ends. */
class RoomIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final TestPostgres postgres = TestServers.postgres();
  private TestNats nats;
  private String jdbcUrl;

  @BeforeEach
  void start() throws Exception {
    nats = TestServers.newNats();
    jdbcUrl = postgres.createDatabase();
  }

  @AfterEach
  void stop() {
    nats.stop();
  }

  @Test
  void refusesWhatTheStreamHasNoRoomForAndStillDeletes() throws Exception {
    try (RunningService service = service("--meower.room.stream-bytes=1KB")) {
      Posted first = Posted.of(service.post("first"));
      HttpResponse<String> refused = postUntil(service, 503);
      assertThat(refused.body()).contains("/problems/unavailable", "Meower is full");
      assertThat(refused.headers().firstValue("Retry-After")).contains("60");
      assertThat(service.edit(first, "other").statusCode()).isEqualTo(503);
      assertThat(service.delete(first).statusCode()).isIn(200, 204);
      assertThat(service.manage("/actuator/metrics/meower.room.stream").body())
          .containsPattern("\"value\":[1-9]");
    }
    try (RunningService service = service("--meower.room.stream-bytes=1GB")) {
      assertThat(service.post("there is room").statusCode()).isEqualTo(201);
    }
  }

  @Test
  void refusesWhatTheOutboxHasNoRoomForUntilNatsIsBack() throws Exception {
    try (RunningService service = service("--meower.room.outbox-messages=10")) {
      assertThat(service.post("before").statusCode()).isEqualTo(201);
      nats.pause();
      try {
        postUntil(service, 503);
        assertThat(service.manage("/actuator/metrics/meower.room.outbox").body())
            .containsPattern("\"value\":[1-9]");
      } finally {
        nats.resume();
      }
      postUntil(service, 201);
    }
  }

  private RunningService service(String setting) {
    RunningService service = RunningService.start(postgres, jdbcUrl, nats, setting);
    await().atMost(SOON).until(() -> service.get("/readyz").statusCode() == 200);
    return service;
  }

  private static HttpResponse<String> postUntil(RunningService service, int status)
      throws Exception {
    long end = System.nanoTime() + SOON.toNanos();
    HttpResponse<String> answer = service.post("more and more");
    while (answer.statusCode() != status && System.nanoTime() < end) {
      answer = service.post("more and more");
    }
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer;
  }
}
