package meower.pusher.feed;

import io.nats.client.Message;
import java.util.List;
import meower.pusher.frame.EventFrames;
import meower.pusher.frame.WireFrame;
import meower.schema.Position;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends what the stream brings to the log of one feed. Belongs to one thread. */
public final class FeedWriter {

  private static final Logger log = LoggerFactory.getLogger(FeedWriter.class);

  private final Feed feed;
  private final EventFrames frames;
  private final FeedMetrics metrics;

  /**
   * @param frames knows what went by before the log begins
   */
  FeedWriter(Feed feed, EventFrames frames, FeedMetrics metrics) {
    this.feed = feed;
    this.frames = frames;
    this.metrics = metrics;
  }

  public Feed feed() {
    return feed;
  }

  /** Returns up to where the stream was seen. */
  public Position head() {
    return feed.head();
  }

  /** Appends the next message; one that was appended already is ignored. */
  public void append(Message message) {
    long sequence = message.metaData().streamSequence();
    if (sequence <= head().sequence()) {
      return;
    }
    switch (frames.of(message)) {
      case EventFrames.Outcome.Created(WireFrame wire, List<String> topics) -> {
        feed.append(sequence, wire, topics);
        metrics.appended().increment();
      }
      case EventFrames.Outcome.Edited(WireFrame wire) -> {
        feed.edit(sequence, wire);
        metrics.appended().increment();
        metrics.edited().increment();
      }
      case EventFrames.Outcome.Deleted(WireFrame wire, List<Long> earlier) -> {
        feed.delete(sequence, wire, earlier);
        metrics.appended().increment();
        metrics.deleted().increment();
      }
      case EventFrames.Outcome.Repeated _ -> {
        feed.skip(sequence);
        metrics.repeated().increment();
      }
      case EventFrames.Outcome.Malformed(String reason) -> {
        feed.skip(sequence);
        onSkipped(sequence, reason);
      }
    }
  }

  /** The stream has nothing more up to this sequence. */
  public void passed(long sequence) {
    if (sequence > head().sequence()) {
      feed.skip(sequence);
    }
  }

  /** What came up to this sequence is no longer in the stream: it cannot be replayed. */
  public void cutOff(long sequence) {
    feed.history().cutOff(sequence);
  }

  /** The indexer parks it where an operator sees it; here one line for all of them is enough. */
  private void onSkipped(long sequence, String reason) {
    if (metrics.skipped().count() == 0) {
      log.warn("position={} state=skipped reason=\"{}\"", feed.log().at(sequence), reason);
    }
    metrics.skipped().increment();
  }
}
