package meower.bench.push.peer;

import io.nats.client.Connection;
import io.nats.client.Nats;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import meower.bench.push.client.MeowerProtocol;
import meower.bench.push.client.Publisher;
import meower.bench.push.client.Text;
import meower.bench.push.client.Way;
import meower.schema.MeowCreated;
import meower.schema.MeowEventJson;
import meower.schema.MeowIdGenerator;

/** Meower's pusher; the meows come as they do from the command service, out of the stream. */
public final class MeowerPush {

  private MeowerPush() {}

  /**
   * Returns the way through the stream.
   *
   * @param port of the pusher, or of nginx in front of it
   */
  public static Way way(String name, int port, String natsUrl) {
    return Way.overWebSockets(
        name, port, "/pusher", MeowerProtocol::new, () -> new Stream(natsUrl));
  }

  /** Likewise, with Server-Sent Events. */
  public static Way events(String name, int port, String natsUrl) {
    return Way.overEvents(name, port, "/events", () -> new Stream(natsUrl));
  }

  private static final class Stream implements Publisher {

    private final MeowIdGenerator ids = new MeowIdGenerator(Clock.systemUTC(), new Random());
    private final Connection connection;

    Stream(String natsUrl) throws Exception {
      connection = Nats.connect(natsUrl);
    }

    @Override
    public void publish(long number) {
      MeowCreated meow =
          new MeowCreated(ids.next(), Text.body(number, System.nanoTime()), Instant.now());
      connection.publish(MeowEventJson.subjectOf(meow), MeowEventJson.encode(meow));
    }

    @Override
    public void close() {
      try {
        connection.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
