package meower.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.ConsumerContext;
import io.nats.client.FetchConsumeOptions;
import io.nats.client.FetchConsumer;
import io.nats.client.Message;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import meower.schema.MeowStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FetchesIntegrationTests {

  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration LATE = Duration.ofMillis(100);
  private static final int MOST = 10;

  @Test
  void takeWhatIsThere() throws Exception {
    try (MeowsWithHoles meows = new MeowsWithHoles(MOST)) {
      assertThat(taken(fetch(meows))).hasSize(MOST);
    }
  }

  @Test
  void endWhenTheServerHasNoMore() throws Exception {
    try (MeowsWithHoles meows = new MeowsWithHoles(3)) {
      assertThat(taken(fetch(meows))).hasSize(3);
    }
  }

  /** The client's clock has run out, and what comes now is on its way already. */
  @Test
  void takeWhatComesAfterTheClientsOwnTime() throws Exception {
    try (MeowsWithHoles meows = new MeowsWithHoles(0)) {
      FetchConsumer request = new LateRequest(fetch(meows), () -> meows.publish(1));

      assertThat(taken(request)).hasSize(1);
    }
  }

  private static List<Message> taken(FetchConsumer request) throws Exception {
    List<Message> messages = new ArrayList<>();
    for (Message m = Fetches.next(request); m != null; m = Fetches.next(request)) {
      messages.add(m);
    }
    return messages;
  }

  private static FetchConsumer fetch(MeowsWithHoles meows) throws Exception {
    ConsumerContext consumer =
        meows
            .link()
            .connection()
            .getStreamContext(MeowStream.NAME)
            .createOrUpdateConsumer(
                ConsumerConfiguration.builder()
                    .durable("fetches-" + System.nanoTime())
                    .ackPolicy(AckPolicy.Explicit)
                    .build());
    return consumer.fetch(
        FetchConsumeOptions.builder()
            .maxMessages(MOST)
            .noWaitExpiresIn(TIMEOUT.toMillis())
            .build());
  }

  private interface Publication {
    void publish() throws Exception;
  }

  /** A request whose client takes its time for over a little before the server does. */
  private static final class LateRequest implements FetchConsumer {

    private final FetchConsumer request;
    private final Publication publication;
    private boolean over;

    LateRequest(FetchConsumer request, Publication publication) {
      this.request = request;
      this.publication = publication;
    }

    @Override
    public @Nullable Message nextMessage() {
      try {
        if (over) {
          return request.nextMessage();
        }
        over = true;
        publication.publish();
        Thread.sleep(LATE);
        return null;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public String getConsumerName() {
      return request.getConsumerName();
    }

    @Override
    public ConsumerInfo getConsumerInfo() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ConsumerInfo getCachedConsumerInfo() {
      return request.getCachedConsumerInfo();
    }

    @Override
    public void stop() {
      request.stop();
    }

    @Override
    public void close() {
      request.stop();
    }

    @Override
    public boolean isStopped() {
      return request.isStopped();
    }

    @Override
    public boolean isFinished() {
      return request.isFinished();
    }
  }
}
