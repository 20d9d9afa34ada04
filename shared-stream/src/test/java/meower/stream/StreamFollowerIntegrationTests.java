package meower.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Message;
import io.nats.client.api.StreamInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamFollowerIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration LATE = Duration.ofSeconds(1);
  private static final Duration TRICKLE_PAUSE = Duration.ofMillis(50);
  private static final int TRICKLE = 200;
  private static final int FOLLOWERS = 40;
  private static final Duration SOME_CHECKS = Duration.ofSeconds(5);

  @Test
  void followsOverHoles() throws Exception {
    try (MeowsWithHoles meows = new MeowsWithHoles(10)) {
      meows.erase(3, 4, 7);
      Recording recording = new Recording(meows.last().at(0));
      StreamFollower follower = follow(meows, recording);

      await().atMost(SOON).until(() -> recording.sequences.contains(10L));
      meows.publish(3);
      await().atMost(SOON).until(() -> recording.sequences.contains(13L));
      follower.loop().stop(SOON);

      assertThat(recording.sequences).containsExactly(1L, 2L, 5L, 6L, 8L, 9L, 10L, 11L, 12L, 13L);
      assertThat(recording.begun).hasValue(0);
    }
  }

  /** Otherwise it would wait for what never comes, and take its reader for stuck each time. */
  @Test
  void passesWhatWasErasedAtTheEnd() throws Exception {
    try (MeowsWithHoles meows = new MeowsWithHoles(10)) {
      meows.erase(8, 9, 10);
      Recording recording = new Recording(meows.last().at(0));
      StreamFollower follower = follow(meows, recording);

      await().atMost(SOON).until(() -> recording.passed.contains(10L));
      await().during(SOME_CHECKS).until(() -> recording.passed.size() == 1);
      meows.publish(1);
      await().atMost(SOON).until(() -> recording.sequences.contains(11L));
      follower.loop().stop(SOON);

      assertThat(recording.sequences).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 11L);
      assertThat(recording.begun).hasValue(0);
    }
  }

  /**
   * Whoever asks for messages again and again waits now and then for an answer that never comes.
   */
  @Test
  void isNeverLateWhileMeowsTrickleIn() throws Exception {
    try (MeowsWithHoles meows = new MeowsWithHoles(0)) {
      List<Recording> recordings = new ArrayList<>();
      List<StreamFollower> followers = new ArrayList<>();
      for (int i = 0; i < FOLLOWERS; i++) {
        recordings.add(new Recording(meows.last().at(0)));
        followers.add(follow(meows, recordings.getLast()));
      }
      for (int i = 0; i < TRICKLE; i++) {
        meows.publish(1);
        Thread.sleep(TRICKLE_PAUSE);
      }
      for (Recording recording : recordings) {
        await().atMost(SOON).until(() -> recording.sequences.size() == TRICKLE);
        assertThat(recording.longestPause()).isLessThan(LATE);
      }
      followers.forEach(follower -> follower.loop().stop(SOON));
    }
  }

  private static StreamFollower follow(MeowsWithHoles meows, Recording recording) {
    StreamFollower follower = new StreamFollower(meows.link(), meows.streams(), recording);
    follower.loop().start();
    return follower;
  }

  /** Has read nothing so far and remembers what comes. */
  private static final class Recording implements StreamProjection {

    final List<Long> sequences = new CopyOnWriteArrayList<>();
    final List<Long> passed = new CopyOnWriteArrayList<>();
    final AtomicInteger begun = new AtomicInteger();
    private final List<Long> came = new CopyOnWriteArrayList<>();
    private volatile Position head;

    Recording(Position head) {
      this.head = head;
    }

    @Override
    public @Nullable Position head() {
      return head;
    }

    @Override
    public void begin(StreamInfo info) {
      begun.incrementAndGet();
    }

    @Override
    public void on(Message message) {
      came.add(System.nanoTime());
      sequences.add(message.metaData().streamSequence());
      head = head.at(message.metaData().streamSequence());
    }

    Duration longestPause() {
      return Duration.ofNanos(
          IntStream.range(1, came.size())
              .mapToLong(i -> came.get(i) - came.get(i - 1))
              .max()
              .orElseThrow());
    }

    @Override
    public void passed(long sequence) {
      passed.add(sequence);
      head = head.at(sequence);
    }
  }
}
