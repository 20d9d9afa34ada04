package meower.pusher;

import io.nats.client.ConsumeOptions;
import io.nats.client.IterableConsumer;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.OrderedConsumerConfiguration;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import meower.nats.BackgroundLoop;
import meower.nats.BackgroundWork;
import meower.nats.Backoff;
import meower.nats.NatsLink;
import meower.nats.NatsUnavailableException;
import meower.nats.Streams;
import meower.schema.MeowStream;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the stream from the moment at which it is first seen and appends every meow to the log.
 *
 * <p>After any failure it reads on from the last sequence that it appended, so that an outage of
 * NATS leaves neither a gap nor a repeat. A stream that is another one begins a new log.
 */
final class StreamFollower implements BackgroundWork {

  private static final Logger log = LoggerFactory.getLogger(StreamFollower.class);
  private static final Duration AWAIT = Duration.ofMillis(200);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration CHECK = Duration.ofSeconds(2);

  /** Shorter than the others' backoff: every browser waits for this loop. */
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

  /** With the client's default of 30 s it takes 87 s to read on after a restart of the server. */
  private static final ConsumeOptions OPTIONS = ConsumeOptions.builder().expiresIn(2_000).build();

  private final NatsLink link;
  private final Streams streams;
  private final Hub hub;
  private final PusherProperties properties;
  private final PusherMetrics metrics;
  private final EventFrames frames;
  private final BackgroundLoop loop = new BackgroundLoop("stream-follower", BACKOFF, this::step);
  private @Nullable FeedLog feed;
  private @Nullable IterableConsumer consumer;
  private long checkedAt;
  private long headAtCheck;
  private long lastAtCheck;
  private boolean waiting;

  StreamFollower(
      NatsLink link, Streams streams, Hub hub, PusherProperties properties, PusherMetrics metrics) {
    this.link = link;
    this.streams = streams;
    this.hub = hub;
    this.properties = properties;
    this.metrics = metrics;
    this.frames = new EventFrames(metrics);
  }

  @Override
  public BackgroundLoop loop() {
    return loop;
  }

  private void step() throws Exception {
    try {
      follow();
    } catch (Exception e) {
      stopReading(e);
      throw e;
    }
  }

  private void follow() throws Exception {
    if (consumer == null) {
      consumer = open();
    }
    if (consumer == null) {
      Thread.sleep(AWAIT);
      return;
    }
    Message message = consumer.nextMessage(POLL);
    if (message != null) {
      on(message);
    }
    if (System.nanoTime() - checkedAt >= CHECK.toNanos()) {
      check();
    }
  }

  /** Returns nothing while the server or the stream is not there. */
  private @Nullable IterableConsumer open() throws Exception {
    if (!link.isConnected()) {
      return null;
    }
    Optional<StreamInfo> found = streams.findMeows();
    if (found.isEmpty()) {
      onMissing();
      return null;
    }
    waiting = false;
    FeedLog current = feedFor(found.get());
    log.info("stream={} state=followed after={}", MeowStream.NAME, current.head());
    return reader(current.head().sequence() + 1);
  }

  private void onMissing() {
    if (!waiting) {
      log.info("stream={} state=awaited", MeowStream.NAME);
      waiting = true;
    }
  }

  private FeedLog feedFor(StreamInfo info) {
    FeedLog current = feed;
    if (current == null || !continues(current, info)) {
      current =
          new FeedLog(
              Streams.lastPosition(info), properties.logFrames(), properties.logBytes().toBytes());
      frames.startAnew();
      feed = current;
      hub.begin(current);
    }
    rememberCheck(current, info);
    return current;
  }

  /** Tells whether the stream goes on where the log ends. */
  private static boolean continues(FeedLog current, StreamInfo info) {
    Position last = Streams.lastPosition(info);
    Position head = current.head();
    return last.epoch().equals(head.epoch())
        && last.sequence() >= head.sequence()
        && info.getStreamState().getFirstSequence() <= head.sequence() + 1;
  }

  private IterableConsumer reader(long startSequence) throws Exception {
    return link.connection()
        .getStreamContext(MeowStream.NAME)
        .createOrderedConsumer(
            new OrderedConsumerConfiguration()
                .deliverPolicy(DeliverPolicy.ByStartSequence)
                .startSequence(startSequence))
        .iterate(OPTIONS);
  }

  private void on(Message message) {
    FeedLog current = feed;
    long sequence = message.metaData().streamSequence();
    if (current == null || sequence <= current.head().sequence()) {
      return;
    }
    String frame = frames.of(message, current.at(sequence));
    if (frame == null) {
      current.skip(sequence);
    } else {
      current.append(sequence, frame);
      metrics.appended().increment();
    }
    hub.wakeSoon();
  }

  /** The client does not notice everything: a stream made anew, a consumer that got stuck. */
  private void check() throws NatsUnavailableException, IOException, JetStreamApiException {
    FeedLog current = feed;
    if (current == null) {
      return;
    }
    StreamInfo info = streams.findMeows().orElseThrow(() -> new IOException("no stream any more"));
    if (!continues(current, info)) {
      throw new IOException("the stream does not go on where it was");
    }
    long head = current.head().sequence();
    if (head == headAtCheck && head < lastAtCheck) {
      throw new IOException("nothing came although the stream has more");
    }
    rememberCheck(current, info);
  }

  private void rememberCheck(FeedLog current, StreamInfo info) {
    lastAtCheck = info.getStreamState().getLastSequence();
    headAtCheck = current.head().sequence();
    checkedAt = System.nanoTime();
  }

  private void stopReading(Exception reason) {
    IterableConsumer current = consumer;
    consumer = null;
    if (current != null) {
      try {
        current.close();
      } catch (Exception e) {
        reason.addSuppressed(e);
      }
    }
  }
}
