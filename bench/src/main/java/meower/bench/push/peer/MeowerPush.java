package meower.bench.push.peer;

import io.nats.client.Connection;
import io.nats.client.api.StreamInfo;
import io.nats.client.impl.Headers;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.function.Supplier;
import meower.bench.lab.Broker;
import meower.bench.push.client.MeowerProtocol;
import meower.bench.push.client.Publisher;
import meower.bench.push.client.Text;
import meower.bench.push.client.Way;
import meower.schema.MeowCreated;
import meower.schema.MeowEventJson;
import meower.schema.MeowIdGenerator;
import meower.schema.MeowStream;
import meower.schema.Position;
import meower.schema.signing.EventSignatures;
import meower.schema.signing.SignedMessage;
import meower.signing.KeyFile;

/** Meower's pusher; the meows come as they do from the command service, out of the stream. */
public final class MeowerPush {

  private MeowerPush() {}

  /**
   * Returns the way through the stream.
   *
   * @param port of the pusher, or of nginx in front of it
   */
  public static Way way(String name, int port, Broker broker) {
    return way(name, port, broker, () -> Text.REST);
  }

  /**
   * Likewise, with other texts.
   *
   * @param rests what stands in a text behind its number and its time
   */
  public static Way way(String name, int port, Broker broker, Supplier<String> rests) {
    return Way.overWebSockets(
        name, port, "/pusher", MeowerProtocol::new, () -> new Stream(broker, rests));
  }

  /** Likewise, with Server-Sent Events. */
  public static Way events(String name, int port, Broker broker) {
    return Way.overEvents(name, port, "/events", () -> new Stream(broker, () -> Text.REST));
  }

  private static final class Stream implements Publisher {

    private final MeowIdGenerator ids = new MeowIdGenerator(Clock.systemUTC(), new Random());
    private final Supplier<String> rests;
    private final Connection connection;
    private final EventSignatures signatures;
    private Position last;

    Stream(Broker broker, Supplier<String> rests) throws Exception {
      this.rests = rests;
      connection = broker.connect();
      signatures = new EventSignatures(KeyFile.read(broker.eventsKey()));
      StreamInfo info = connection.jetStreamManagement().getStreamInfo(MeowStream.NAME);
      last = new Position(epoch(info), info.getStreamState().getLastSequence());
    }

    private static String epoch(StreamInfo info) {
      return Long.toString(info.getCreateTime().toInstant().toEpochMilli(), Character.MAX_RADIX);
    }

    @Override
    public void publish(long number) {
      String body = Text.body(number, System.nanoTime(), rests.get());
      MeowCreated meow = new MeowCreated(ids.next(), body, Instant.now());
      String subject = MeowEventJson.subjectOf(meow);
      byte[] payload = MeowEventJson.encode(meow);
      last = last.at(last.sequence() + 1);
      SignedMessage message = new SignedMessage(last, subject, null, null, payload);
      Headers headers = new Headers();
      headers.put(MeowStream.SIGNATURE, signatures.sign(message).orElseThrow());
      connection.publish(subject, headers, payload);
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
