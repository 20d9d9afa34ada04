package meower.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Ports;
import meower.standalone.server.NatsServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedIntegrationTests {
  @TempDir Path folder;
  final List<String> log = new CopyOnWriteArrayList<>();
  final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  NatsServer nats;
  Supervised supervised;

  @BeforeEach
  void start() {
    nats = new NatsServer(new DataFolder(folder), Ports.free(), Ports.free());
    supervised = new Supervised(nats, scheduler, log::add);
    supervised.up();
    nats.start();
  }

  @AfterEach
  void stop() {
    supervised.down();
    scheduler.shutdownNow();
    nats.close();
  }

  @Test
  void startsAgainWhatEndedByItself() {
    long first = nats.pid().orElseThrow();
    ProcessHandle.of(first).orElseThrow().destroyForcibly();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> nats.isReady() && nats.pid().orElse(first) != first);
    assertThat(log).containsExactly("nats ended unexpectedly, it is started again in 1 s");
  }

  @Test
  void startsAgainWhatRunsAndDoesNoWork() throws Exception {
    long first = stopWorking();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> nats.isReady() && nats.pid().orElse(first) != first);
    assertThat(log).contains("nats runs and does no work, it is ended");
  }

  @Test
  void noticesSoonAfterAStartWhatWorkedAndDoesNoMore() throws Exception {
    await().atMost(Duration.ofSeconds(10)).until(supervised::hasWorked);
    stopWorking();
    // Three looks, each of which waits for 2 s. As a start that takes its time it would have 15 s.
    await()
        .atMost(Duration.ofSeconds(13))
        .until(() -> log.contains("nats runs and does no work, it is ended"));
  }

  /** It answers nobody any more, and the supervisor has not been told. */
  private long stopWorking() throws Exception {
    long pid = nats.pid().orElseThrow();
    new ProcessBuilder("kill", "-s", "STOP", "" + pid).start().waitFor();
    return pid;
  }

  @Test
  void leavesAPausedOneAlone() {
    nats.pause();
    await()
        .during(Duration.ofSeconds(25))
        .atMost(Duration.ofSeconds(60))
        .until(() -> nats.isAlive());
    nats.resume();
    assertThat(log).isEmpty();
  }

  @Test
  void leavesDownWhatWasTakenDown() {
    supervised.down();
    nats.kill();
    await()
        .during(Duration.ofMillis(1_500))
        .atMost(Duration.ofSeconds(10))
        .until(() -> !nats.isAlive());
    assertThat(log).isEmpty();
    supervised.up();
    nats.start();
    assertThat(nats.isReady()).isTrue();
  }
}
