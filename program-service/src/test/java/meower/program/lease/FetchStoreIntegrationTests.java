package meower.program.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import meower.program.RunningService;
import meower.program.TestProgram;
import meower.program.queue.Queue;
import meower.program.queue.QueueStore;
import meower.program.queue.Room;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who notices late that a connection is broken gives back what may be somebody's by now. */
class FetchStoreIntegrationTests {

  private static final Duration LEASE = Duration.ofMinutes(1);

  private static RunningService service;
  private static int number;

  private FetchStore store;
  private Queue queue;

  @BeforeAll
  static void start() throws Exception {
    TestPostgres postgres = TestServers.postgres();
    service = RunningService.start(postgres, postgres.createDatabase(), TestServers.nats().url());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void publish() {
    String name = "broken-" + number++;
    TestProgram program = service.as("worker");
    store = service.bean(FetchStore.class);
    program.put(name, "{}");
    program.publish(name, "hello");
    queue = service.bean(QueueStore.class).find(name).orElseThrow();
  }

  @Test
  void givesBackWhatNobodyGotToKnowOf() {
    List<LeasedMessage> broken = take(Optional.of(UUID.randomUUID()));
    int given = store.giveBack(queue, broken);

    assertThat(given).isEqualTo(1);
    assertThat(take(Optional.empty())).singleElement().returns(1, LeasedMessage::delivery);
  }

  @Test
  void keepsWhatWasAnsweredAgainMeanwhile() {
    Optional<UUID> attempt = Optional.of(UUID.randomUUID());
    List<LeasedMessage> broken = take(attempt);
    List<LeasedMessage> again = take(attempt);
    int given = store.giveBack(queue, broken);

    assertThat(given).isZero();
    assertThat(again).extracting(LeasedMessage::lease).containsExactly(broken.getFirst().lease());
    assertThat(take(Optional.empty())).isEmpty();
  }

  /** Where its place was is not known any more; it comes again at the end of the lease. */
  @Test
  void keepsWhatWasAnsweredTwiceInVain() {
    Optional<UUID> attempt = Optional.of(UUID.randomUUID());
    take(attempt);
    store.giveBack(queue, take(attempt));

    assertThat(take(Optional.empty())).isEmpty();
    assertThat(take(attempt)).hasSize(1);
  }

  @Test
  void countsOnceWhatIsAnsweredAgain() throws Exception {
    Fetching fetching = service.bean(Fetching.class);
    Room room = service.bean(Room.class);
    Fetch fetch = new Fetch(queue, 1, Duration.ZERO, LEASE, Optional.of(UUID.randomUUID()));
    double before = service.metric("meower.queues.fetched");
    int free = room.leases(queue);
    List<LeasedMessage> broken = fetching.fetch(fetch);
    fetching.fetch(fetch);

    assertThat(room.leases(queue)).isEqualTo(free - 1);
    assertThat(service.metric("meower.queues.fetched")).isEqualTo(before + 1);
    fetching.giveBack(queue, broken);
    assertThat(room.leases(queue)).isEqualTo(free - 1);
  }

  private List<LeasedMessage> take(Optional<UUID> attempt) {
    return store.take(queue, 1, LEASE, attempt);
  }
}
