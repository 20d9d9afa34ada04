package meower.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import meower.schema.MeowStream;
import org.junit.jupiter.api.Test;

class StreamScanIntegrationTests {

  @Test
  void passesOverWhatWasErased() throws Exception {
    try (MeowsWithHoles meows = new MeowsWithHoles(10)) {
      meows.erase(1, 4, 5, 10);
      try (StreamScan scan = StreamScan.from(1, meows.link().connection())) {
        assertThat(sequences(scan.next(4))).containsExactly(2L, 3L, 6L, 7L);
        assertThat(sequences(scan.next(4))).containsExactly(8L, 9L);
        assertThat(scan.next(4)).isEmpty();
      }
    }
  }

  @Test
  void passesOverWhatIsErasedWhileItReads() throws Exception {
    try (MeowsWithHoles meows = new MeowsWithHoles(10);
        StreamScan scan = StreamScan.from(1, meows.link().connection())) {
      assertThat(sequences(scan.next(3))).containsExactly(1L, 2L, 3L);
      meows.erase(2, 5, 8);

      assertThat(sequences(scan.next(100))).containsExactly(4L, 6L, 7L, 9L, 10L);
      assertThat(scan.next(100)).isEmpty();
    }
  }

  @Test
  void endsWhereTheStreamEndedWhenItBegan() throws Exception {
    try (MeowsWithHoles meows = new MeowsWithHoles(10);
        StreamScan scan = StreamScan.from(1, meows.link().connection())) {
      meows.erase(5, 8);
      meows.publish(5);

      List<Message> all = new ArrayList<>();
      for (List<Message> some = scan.next(3); !some.isEmpty(); some = scan.next(3)) {
        all.addAll(some);
      }
      assertThat(sequences(all)).containsExactly(1L, 2L, 3L, 4L, 6L, 7L, 9L, 10L);
    }
  }

  @Test
  void readsTheEventsOfOneKindSinceAMoment() throws Exception {
    try (MeowsWithHoles meows = new MeowsWithHoles(5)) {
      meows.link().connection().jetStream().publish(MeowStream.DELETED, new byte[0]);
      Instant between = Instant.now();
      meows.publish(5);
      meows.link().connection().jetStream().publish(MeowStream.DELETED, new byte[0]);
      meows.publish(5);
      meows.erase(1, 8, 9);

      assertThat(deletionsSince(Instant.EPOCH, meows)).containsExactly(6L, 12L);
      assertThat(deletionsSince(between, meows)).containsExactly(12L);
      assertThat(deletionsSince(Instant.now(), meows)).isEmpty();
    }
  }

  private static List<Long> deletionsSince(Instant moment, MeowsWithHoles meows) throws Exception {
    try (StreamScan scan =
        StreamScan.since(moment, MeowStream.DELETED, meows.link().connection())) {
      return sequences(scan.next(100));
    }
  }

  private static List<Long> sequences(List<Message> messages) {
    return messages.stream().map(m -> m.metaData().streamSequence()).toList();
  }
}
