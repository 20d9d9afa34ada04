package meower.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import meower.schema.MeowStream;
import meower.schema.SightingStream;
import meower.testservers.TestServers;
import org.junit.jupiter.api.Test;

/** A server that is killed between erasing and writing down what nobody has to acknowledge now. */
class ErasedDeliveriesIntegrationTests {

  private static final String CONSUMER = "durable";
  private static final Duration SOON = Duration.ofSeconds(20);

  /** Longer than the server takes to write the state of a consumer. */
  private static final Duration WRITTEN = Duration.ofMillis(500);

  private static final Duration ACK_WAIT = Duration.ofSeconds(1);

  private static final int BATCH = 100;
  private static final int MOST_TRIES = 10;

  @Test
  void whatComesAfterErasedDeliveriesIsDelivered() throws Exception {
    // The server looks by itself for what is before the first message.
    try (MeowsWithHoles meows = new MeowsWithHoles(1)) {
      define(meows);
      take(meows, 1);
      ErasedDeliveries deliveries = deliveries(meows);
      deliveries.acknowledgeOnceConnected();
      long held = eraseWhatTheServerThenWantsToDeliver(meows);
      meows.publish(5);
      Thread.sleep(ACK_WAIT.toMillis());

      deliveries.acknowledgeOnceConnected();

      assertThat(take(meows, 6)).containsExactlyElementsOf(MeowsWithHoles.range(held, held + 5));
      await().atMost(SOON).until(() -> info(meows).getNumAckPending() == 0);
      assertThat(info(meows).getAckFloor().getStreamSequence()).isEqualTo(held + 5);
    }
  }

  @Test
  void whatIsHeldIsDeliveredAgainAllTheSame() throws Exception {
    try (MeowsWithHoles meows = new MeowsWithHoles(9)) {
      define(meows);
      fetch(meows, 9);
      meows.erase(1, 4, 5, 9);

      deliveries(meows).acknowledgeOnceConnected();

      assertThat(take(meows, 5)).containsExactly(2L, 3L, 6L, 7L, 8L);
    }
  }

  /** Whoever acknowledges a message of a work queue takes it out, also another's. */
  @Test
  void whatOthersWaitForInAWorkQueueStays() throws Exception {
    try (MeowsWithHoles meows = new MeowsWithHoles(0)) {
      meows.streams().ensureSightings();
      JetStreamManagement management = connection(meows).jetStreamManagement();
      management.purgeStream(SightingStream.NAME);
      List<String> programs = List.of("one", "other");
      for (String program : programs) {
        management.addOrUpdateConsumer(
            SightingStream.NAME,
            ConsumerConfiguration.builder()
                .durable(SightingStream.consumer(program))
                .filterSubject(SightingStream.subject(program, "*"))
                .ackPolicy(AckPolicy.Explicit)
                .build());
      }
      for (int i = 0; i < 10; i++) {
        String subject = SightingStream.subject(programs.get(i % 2), "t" + i);
        connection(meows).jetStream().publish(subject, new byte[0]);
      }
      assertThat(fetch(meows, SightingStream.NAME, SightingStream.consumer("one"), 5)).hasSize(5);

      new ErasedDeliveries(meows.link(), SightingStream.NAME, SightingStream.consumer("one"))
          .acknowledgeOnceConnected();

      assertThat(fetch(meows, SightingStream.NAME, SightingStream.consumer("other"), 5)).hasSize(5);
      StreamState state = management.getStreamInfo(SightingStream.NAME).getStreamState();
      assertThat(state.getMsgCount()).isEqualTo(10);
      management.deleteStream(SightingStream.NAME);
    }
  }

  private static void define(MeowsWithHoles meows) throws Exception {
    connection(meows)
        .jetStreamManagement()
        .addOrUpdateConsumer(
            MeowStream.NAME,
            ConsumerConfiguration.builder()
                .durable(CONSUMER)
                .ackPolicy(AckPolicy.Explicit)
                .ackWait(ACK_WAIT)
                .build());
  }

  /** Returns the sequence of the one message that is held, behind all that was erased. */
  private static long eraseWhatTheServerThenWantsToDeliver(MeowsWithHoles meows) throws Exception {
    for (int i = 0; i < MOST_TRIES; i++) {
      meows.publish(BATCH + 1);
      long last = meows.last().sequence();
      assertThat(fetch(meows, BATCH)).hasSize(BATCH);
      Thread.sleep(WRITTEN.toMillis());
      eraseAtOnce(meows, LongStream.range(last - BATCH, last).boxed().toList());
      TestServers.nats().kill();
      TestServers.nats().start();
      await().atMost(SOON).ignoreExceptions().until(() -> info(meows) != null);
      if (info(meows).getNumAckPending() > 1) {
        return last;
      }
      take(meows, 1);
    }
    throw new AssertionError("the server had always written what it had to");
  }

  private static void eraseAtOnce(MeowsWithHoles meows, List<Long> sequences) throws Exception {
    List<CompletableFuture<Message>> answers = new ArrayList<>();
    for (long sequence : sequences) {
      byte[] request = ("{\"seq\":" + sequence + "}").getBytes(StandardCharsets.UTF_8);
      answers.add(
          connection(meows).request("$JS.API.STREAM.MSG.DELETE." + MeowStream.NAME, request));
    }
    for (CompletableFuture<Message> answer : answers) {
      assertThat(new String(answer.join().getData(), StandardCharsets.UTF_8)).contains("true");
    }
  }

  /** Acknowledges until so many have come. */
  private static List<Long> take(MeowsWithHoles meows, int count) throws Exception {
    List<Long> taken = new ArrayList<>();
    long end = System.nanoTime() + SOON.toNanos();
    while (taken.size() < count && System.nanoTime() - end < 0) {
      for (Message message : fetch(meows, count - taken.size())) {
        message.ackSync(SOON);
        taken.add(message.metaData().streamSequence());
      }
    }
    return taken;
  }

  private static List<Message> fetch(MeowsWithHoles meows, int most) throws Exception {
    return fetch(meows, MeowStream.NAME, CONSUMER, most);
  }

  private static List<Message> fetch(MeowsWithHoles meows, String stream, String consumer, int most)
      throws Exception {
    return connection(meows)
        .jetStream()
        .subscribe(null, PullSubscribeOptions.bind(stream, consumer))
        .fetch(most, Duration.ofSeconds(1));
  }

  private static ErasedDeliveries deliveries(MeowsWithHoles meows) {
    return new ErasedDeliveries(meows.link(), MeowStream.NAME, CONSUMER);
  }

  private static ConsumerInfo info(MeowsWithHoles meows) throws Exception {
    return connection(meows).jetStreamManagement().getConsumerInfo(MeowStream.NAME, CONSUMER);
  }

  private static Connection connection(MeowsWithHoles meows) throws Exception {
    return meows.link().connection();
  }
}
