package meower.pusher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import meower.schema.MeowCreated;
import meower.schema.Position;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Ports;
import meower.standalone.server.NatsServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

class ForgetfulNatsIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration LONGER_THAN_A_CHECK = Duration.ofSeconds(3);

  @TempDir private Path temporary;

  private DataFolder data;
  private NatsServer nats;
  private MeowsStream stream;
  private Pusher pusher;

  @BeforeEach
  void start() throws Exception {
    data = new DataFolder(temporary.resolve("data"));
    nats = new NatsServer(data, Ports.free(), Ports.free());
    nats.start();
    stream = MeowsStream.created(nats.url());
    pusher = Pusher.start(nats.url(), "meower.pusher.log-frames=100");
    pusher.awaitFeed();
  }

  @AfterEach
  void stop() {
    pusher.close();
    stream.close();
    nats.stop();
  }

  @Test
  void noticesNothingWhenAnOlderCopyOfTheStreamWasRestoredAndCompleted() throws Exception {
    stream.publish(300, "before the copy");
    pusher.awaitHead(300);
    try (Browser browser = pusher.connect("")) {
      copyAside();
      List<MeowCreated> lost = Stream.generate(() -> stream.meow("lost")).limit(50).toList();
      publish(lost);
      await().atMost(SOON).until(() -> browser.count() == 51);
      restoreTheCopy();

      stream.markRefilling(true);
      publish(lost);
      stream.publish(10, "and on");
      await().during(LONGER_THAN_A_CHECK).until(() -> browser.count() == 51);
      stream.markRefilling(false);

      await().atMost(SOON).until(() -> browser.count() == 61);
      assertThat(browser.sequences()).isEqualTo(range(301, 360));
      assertThat(browser.isOpen()).isTrue();
      try (Browser returning = pusher.connect("?after=" + browser.hello().position().at(90))) {
        await().atMost(SOON).until(() -> returning.count() == 271);
        assertThat(returning.hello().resumed()).isTrue();
        assertThat(returning.sequences()).isEqualTo(range(91, 360));
      }
    }
  }

  @Test
  void keepsAReturningBrowserWaitingUntilTheStreamIsCompleteAgain() throws Exception {
    stream.publish(100, "before the copy");
    copyAside();
    List<MeowCreated> lost = Stream.generate(() -> stream.meow("lost")).limit(50).toList();
    publish(lost);
    Position head = pusher.awaitHead(150);
    restoreTheCopy();

    try (Browser returning = pusher.connect("?after=" + head.at(10))) {
      await().during(Duration.ofSeconds(2)).until(() -> returning.count() == 1);
      publish(lost);

      await().atMost(SOON).until(() -> returning.count() == 141);
      assertThat(returning.sequences()).isEqualTo(range(11, 150));
    }
  }

  @Test
  void sendsNothingOfAStreamThatIsBeingMadeAnewUntilItIsComplete() throws Exception {
    stream.publish(20, "of the old epoch");
    Position old = pusher.awaitHead(20);
    try (Browser browser = pusher.connect("")) {
      stream.delete();
      stream.create();
      stream.markRefilling(true);
      stream.publish(40, "of the new epoch");

      await().during(Duration.ofSeconds(4)).until(() -> browser.count() == 1 && browser.isOpen());
      stream.markRefilling(false);

      assertThat(browser.closeCode()).isEqualTo(1001);
    }
    try (Browser again = pusher.connect("?after=" + old)) {
      stream.publish(1, "live");
      await().atMost(SOON).until(() -> again.count() == 2);
      assertThat(again.hello().resumed()).isFalse();
      assertThat(again.hello().position().epoch()).isNotEqualTo(old.epoch());
      assertThat(again.sequences()).containsExactly(41L);
    }
  }

  private void publish(List<MeowCreated> meows) throws Exception {
    for (MeowCreated meow : meows) {
      stream.publish(meow);
    }
  }

  private void copyAside() throws IOException {
    nats.stop();
    FileSystemUtils.copyRecursively(data.of("nats"), temporary.resolve("copy"));
    nats.start();
    await().atMost(SOON).until(stream::isConnected);
  }

  private void restoreTheCopy() throws IOException {
    nats.stop();
    FileSystemUtils.deleteRecursively(data.of("nats"));
    FileSystemUtils.copyRecursively(temporary.resolve("copy"), data.of("nats"));
    nats.start();
    await().atMost(SOON).until(stream::isConnected);
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }
}
