package meower.stream;

import static java.util.Objects.requireNonNull;

import io.nats.client.Message;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import meower.nats.NatsLink;
import meower.schema.MeowStream;
import meower.schema.Position;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a {@link StreamProjection} what comes into the stream, from the moment at which it is
 * first seen.
 *
 * <p>After any failure it reads on from the last sequence that it was told, so that an outage of
 * NATS leaves neither a gap nor a repeat. While the stream has lost something that its owner is
 * bringing back, it waits. With a stream that is another one the projection begins anew.
 */
public final class StreamFollower implements BackgroundWork {

  private static final Logger log = LoggerFactory.getLogger(StreamFollower.class);
  private static final Duration AWAIT = Duration.ofMillis(200);
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(2);

  /** Shorter than the others' backoff: everybody who reads waits for this loop. */
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

  private final Streams streams;
  private final StreamProjection projection;
  private final NatsLink link;
  private final LiveReader messages;
  private final BackgroundLoop loop = new BackgroundLoop("stream-follower", BACKOFF, this::step);
  private long checkedAt;
  private long headAtCheck;
  private long lastAtCheck;
  private boolean waiting;

  public StreamFollower(NatsLink link, Streams streams, StreamProjection projection) {
    this.link = link;
    this.streams = streams;
    this.projection = projection;
    this.messages = new LiveReader(link);
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
    if (!messages.isOpen() && !open()) {
      Thread.sleep(AWAIT);
      return;
    }
    Message message = messages.next();
    if (message != null && (!messages.isFromAnother(message) || goesOn())) {
      messages.accept(message);
      projection.on(message);
    }
    if (messages.isOpen() && System.nanoTime() - checkedAt >= POLL_INTERVAL.toNanos()) {
      requireProgress();
    }
  }

  /** Does nothing while the server is away or the stream is incomplete. */
  private boolean open() throws Exception {
    if (!link.isConnected()) {
      return false;
    }
    Optional<StreamInfo> found = streams.findMeows();
    if (continuation(found) == Continuation.INCOMPLETE) {
      onIncomplete();
      return false;
    }
    StreamInfo info = found.orElseThrow();
    if (Continuation.of(info, projection.head()) == Continuation.ANEW) {
      projection.begin(info);
    }
    remember(info);
    waiting = false;
    log.info("stream={} state=followed after={}", MeowStream.NAME, projection.head());
    messages.open(head().sequence());
    return true;
  }

  private void onIncomplete() {
    if (!waiting) {
      log.info("stream={} state=awaited after={}", MeowStream.NAME, projection.head());
      waiting = true;
    }
  }

  private Continuation continuation(Optional<StreamInfo> found) {
    return found
        .map(info -> Continuation.of(info, projection.head()))
        .orElse(Continuation.INCOMPLETE);
  }

  private Position head() {
    return requireNonNull(projection.head());
  }

  /** Looks whether the stream is still the same; reads no further when it is not. */
  private boolean goesOn() throws Exception {
    Optional<StreamInfo> found = streams.findMeows();
    if (continuation(found) != Continuation.GOES_ON) {
      messages.close();
      return false;
    }
    remember(found.orElseThrow());
    return true;
  }

  /** The client does not notice everything: a stream made anew, a consumer that got stuck. */
  private void requireProgress() throws Exception {
    long headBefore = headAtCheck;
    long lastBefore = lastAtCheck;
    if (goesOn() && headAtCheck == headBefore && headBefore < lastBefore) {
      if (streams.holdsMeowsBetween(headBefore, lastBefore)) {
        throw new IOException("nothing came although the stream has more");
      }
      pass(lastBefore);
    }
  }

  /** Only if the stream that has nothing there is still the one that went so far. */
  private void pass(long last) throws Exception {
    if (goesOn() && lastAtCheck >= last) {
      projection.passed(last);
    }
  }

  private void remember(StreamInfo info) {
    lastAtCheck = info.getStreamState().getLastSequence();
    headAtCheck = head().sequence();
    checkedAt = System.nanoTime();
    projection.checked(info);
  }

  private void stopReading(Exception reason) {
    try {
      messages.close();
    } catch (Exception e) {
      reason.addSuppressed(e);
    }
  }
}
