package meower.command.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import meower.command.RunningService;
import meower.command.meow.Meow;
import meower.command.text.MeowBody;
import meower.command.trail.Sender;
import meower.schema.MeowId;
import meower.schema.MeowIdGenerator;
import meower.testservers.TestNats;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import meower.web.IdempotencyKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real Postgres. */
class MeowStoreIntegrationTests {

  private final MeowIdGenerator ids = new MeowIdGenerator(Clock.systemUTC(), new Random());
  private RunningService service;
  private MeowStore store;

  @BeforeEach
  void startService() throws Exception {
    TestPostgres postgres = TestServers.postgres();
    TestNats nats = TestServers.nats();
    service = RunningService.start(postgres, postgres.createDatabase(), nats);
    await().atMost(Duration.ofSeconds(20)).until(() -> service.get("/readyz").statusCode() == 200);
    store = service.bean(MeowStore.class);
  }

  @AfterEach
  void stopService() {
    service.close();
  }

  @Test
  void storesWhatHasNoKeyOrAFreeOne() {
    PendingPost first = post("key");
    assertThat(store.insert(List.of(first, post(null)))).hasSize(2);

    PendingPost again = post("key");
    PendingPost other = post("another key");
    assertThat(store.insert(List.of(again, other))).containsExactly(other.meow().id());
  }

  @Test
  void batchesThatTakeTheSameKeysInOppositeOrderDoNotWaitForEachOther() throws Exception {
    for (int round = 0; round < 5; round++) {
      List<PendingPost> forwards = posts("round " + round);
      List<PendingPost> backwards = new ArrayList<>(posts("round " + round));
      Collections.reverse(backwards);
      assertThat(insertAtOnce(forwards, backwards)).isEqualTo(forwards.size());
    }
  }

  private int insertAtOnce(List<PendingPost> one, List<PendingPost> other) throws Exception {
    List<Callable<Set<MeowId>>> inserts =
        List.of(() -> store.insert(one), () -> store.insert(other));
    int stored = 0;
    try (var threads = Executors.newFixedThreadPool(2)) {
      for (Future<Set<MeowId>> insert : threads.invokeAll(inserts)) {
        stored += insert.get().size();
      }
    }
    return stored;
  }

  private List<PendingPost> posts(String prefix) {
    return IntStream.range(0, 300).mapToObj(i -> post(prefix + " key " + (1_000 + i))).toList();
  }

  private PendingPost post(@Nullable String key) {
    return new PendingPost(
        new Meow(
            ids.next(),
            new MeowBody("hello"),
            Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS)),
        Optional.ofNullable(key)
            .map(IdempotencyKey::new)
            .map(named -> PostKey.ofAddress(named, "127.0.0.1")),
        new Sender("127.0.0.1", null, null, null));
  }
}
