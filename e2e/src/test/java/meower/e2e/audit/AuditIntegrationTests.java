package meower.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import meower.e2e.RunningMeower;
import meower.e2e.audit.AuditedMeower.Posted;
import meower.e2e.audit.AuditedMeower.Result;
import meower.schema.MeowCreated;
import meower.standalone.stack.Part;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The audit agrees while everything goes on, and says what it cannot know. */
class AuditIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(60);

  private final AuditedMeower meower = new AuditedMeower();

  @BeforeEach
  void agree() {
    meower.awaitAgreement();
  }

  @AfterEach
  void restore() throws SQLException {
    meower.close();
  }

  @Test
  void agreesWhileMeowsArePosted() throws Exception {
    try (ExecutorService poster = Executors.newSingleThreadExecutor()) {
      agreesUntilDone(
          poster.submit(() -> {
            for (int i = 0; i < 500; i++) {
              meower.postNow("audit " + i);
            }
            return true;
          }));
    }
  }

  @Test
  void agreesWhileMeowsAreEditedAndDeleted() throws Exception {
    List<Posted> posted = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      posted.add(meower.postNow("before " + i));
    }
    try (ExecutorService changer = Executors.newSingleThreadExecutor()) {
      Future<?> changed =
          changer.submit(() -> {
            for (Posted meow : posted) {
              meower.edit(meow, "edited " + meow.id());
            }
            for (Posted meow : posted.subList(80, 200)) {
              meower.delete(meow);
            }
            return true;
          });
      agreesUntilDone(changed);
    }
    Result afterwards = meower.audit();
    assertThat(afterwards.output()).contains("0 differences");
    assertThat(afterwards.status()).isZero();
  }

  private void agreesUntilDone(Future<?> work) throws Exception {
    int audits = 0;
    while (!work.isDone() || audits == 0) {
      Result result = meower.audit();
      audits++;

      assertThat(result.output()).contains("0 differences");
      assertThat(result.status()).isZero();
    }
    work.get();
  }

  @Test
  void saysThatADeadLetterIsParkedInsteadOfMissing() throws Exception {
    // A year that the index does not take.
    MeowCreated impossible =
        new MeowCreated(meower.newId(), "far future", Instant.parse("+20000-01-01T00:00:00Z"));
    meower.store(impossible);

    Result mended = meower.audit("--repair");

    assertThat(mended.status()).as(mended.output()).isZero();
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(meower.audit().output())
                .containsPattern("parked +index +id=" + impossible.id())
                .contains("0 differences"));
  }

  /** Asked is NATS first and Elasticsearch last: each hides those behind it. */
  @Test
  void saysWhoIsAway() {
    for (Part part :
        List.of(Part.ELASTICSEARCH, Part.QUERY, Part.POSTGRES, Part.COMMAND, Part.NATS)) {
      RunningMeower.get().stack().stop(part);
      Result result = meower.audit();

      boolean isService = part == Part.QUERY || part == Part.COMMAND;
      assertThat(result.status()).isEqualTo(2);
      assertThat(result.output())
          .containsIgnoringCase(part.name() + (isService ? "-service" : "") + " does not answer");
    }
  }
}
