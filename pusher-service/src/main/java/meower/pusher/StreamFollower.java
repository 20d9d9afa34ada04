package meower.pusher;

import io.nats.client.Message;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import meower.nats.BackgroundLoop;
import meower.nats.BackgroundWork;
import meower.nats.Backoff;
import meower.nats.NatsLink;
import meower.nats.Streams;
import meower.schema.MeowStream;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the stream from the moment at which it is first seen.
 *
 * <p>After any failure it reads on from the last sequence that was appended, so that an outage of
 * NATS leaves neither a gap nor a repeat. While the stream has lost something that its owner is
 * bringing back, it waits. A stream that is another one begins a new feed.
 */
final class StreamFollower implements BackgroundWork {

  private static final Logger log = LoggerFactory.getLogger(StreamFollower.class);
  private static final Duration AWAIT = Duration.ofMillis(200);
  private static final Duration CHECK = Duration.ofSeconds(2);

  /** Shorter than the others' backoff: every browser waits for this loop. */
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

  private final NatsLink link;
  private final Streams streams;
  private final FeedFactory feeds;
  private final Hub hub;
  private final LiveReader reader;
  private final BackgroundLoop loop = new BackgroundLoop("stream-follower", BACKOFF, this::step);
  private @Nullable FeedWriter writer;
  private long checkedAt;
  private long headAtCheck;
  private long lastAtCheck;
  private boolean waiting;

  StreamFollower(NatsLink link, Streams streams, FeedFactory feeds, Hub hub) {
    this.link = link;
    this.streams = streams;
    this.feeds = feeds;
    this.hub = hub;
    this.reader = new LiveReader(link);
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
    FeedWriter current = reader.isOpen() ? writer : open();
    if (current == null) {
      Thread.sleep(AWAIT);
      return;
    }
    Message message = reader.next();
    if (message != null && (!reader.isFromAnother(message) || goesOn(current))) {
      reader.accept(message);
      current.append(message);
      hub.wakeSoon();
    }
    if (reader.isOpen() && System.nanoTime() - checkedAt >= CHECK.toNanos()) {
      requireProgress(current);
    }
  }

  /** Returns nothing while the server is away or the stream is incomplete. */
  private @Nullable FeedWriter open() throws Exception {
    if (!link.isConnected()) {
      return null;
    }
    Optional<StreamInfo> found = streams.findMeows();
    if (continuation(found) == Continuation.INCOMPLETE) {
      onIncomplete();
      return null;
    }
    FeedWriter current = feedOf(found.orElseThrow());
    waiting = false;
    log.info("stream={} state=followed after={}", MeowStream.NAME, current.head());
    reader.open(current.head().sequence());
    return current;
  }

  private void onIncomplete() {
    if (!waiting) {
      log.info("stream={} state=awaited after={}", MeowStream.NAME, head());
      waiting = true;
    }
  }

  private FeedWriter feedOf(StreamInfo info) throws Exception {
    FeedWriter current = writer;
    if (current == null || Continuation.of(info, current.head()) == Continuation.ANEW) {
      current = feeds.begin(info);
      writer = current;
      hub.begin(current.feed());
    }
    remember(current, info);
    return current;
  }

  private Continuation continuation(Optional<StreamInfo> found) {
    Position head = head();
    return found.map(info -> Continuation.of(info, head)).orElse(Continuation.INCOMPLETE);
  }

  private @Nullable Position head() {
    FeedWriter current = writer;
    return current == null ? null : current.head();
  }

  /** Looks whether the stream is still the same; reads no further when it is not. */
  private boolean goesOn(FeedWriter current) throws Exception {
    Optional<StreamInfo> found = streams.findMeows();
    if (continuation(found) != Continuation.GOES_ON) {
      reader.close();
      return false;
    }
    remember(current, found.orElseThrow());
    return true;
  }

  /** The client does not notice everything: a stream made anew, a consumer that got stuck. */
  private void requireProgress(FeedWriter current) throws Exception {
    long headBefore = headAtCheck;
    long lastBefore = lastAtCheck;
    if (goesOn(current) && headAtCheck == headBefore && headBefore < lastBefore) {
      throw new IOException("nothing came although the stream has more");
    }
  }

  private void remember(FeedWriter current, StreamInfo info) {
    lastAtCheck = info.getStreamState().getLastSequence();
    headAtCheck = current.head().sequence();
    checkedAt = System.nanoTime();
    current.feed().history().cutOff(info.getStreamState().getFirstSequence() - 1);
  }

  private void stopReading(Exception reason) {
    try {
      reader.close();
    } catch (Exception e) {
      reason.addSuppressed(e);
    }
  }
}
