package meower.pusher.feed;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;

/**
 * One life of the stream, from its beginning to the present: what every browser reads.
 *
 * <p>Its newest part is in a {@link FeedLog}, what came before in the {@link History}. Each topic
 * that somebody has subscribed to has a log of its own beside it, which all its subscribers share.
 */
public final class Feed {

  /** What a reader of one topic may be behind without looking through all meows. */
  private static final int TOPIC_FRAMES = 256;

  private static final long TOPIC_BYTES = 256 * 1024;

  /** Readers of further topics look through all meows: a topic's log takes some KB. */
  private static final int MOST_TOPICS = 10_000;

  private final FeedLog log;
  private final FrameMemory memory = new FrameMemory();
  private final History history;
  private final FeedMetrics metrics;
  private final Map<String, Topic> topics = new HashMap<>();

  private static final class Topic {

    final FeedLog log;
    int readers;

    Topic(FeedLog log) {
      this.log = log;
    }
  }

  /**
   * @param log the newest part, as it comes in
   * @param history what came before
   */
  Feed(FeedLog log, History history, FeedMetrics metrics) {
    this.log = log;
    this.history = history;
    this.metrics = metrics;
  }

  /** Returns up to where the stream was seen. */
  public Position head() {
    return log.head();
  }

  /** Returns a place for one more reader, which then moves to where it begins. */
  public Place newPlace() {
    return new Place(this, metrics);
  }

  FeedLog log() {
    return log;
  }

  History history() {
    return history;
  }

  /**
   * Adds the frame of the next meow. Called by one thread only.
   *
   * @param about the topics of the meow, each once
   * @throws IllegalArgumentException if the sequence is not after the log's head
   */
  synchronized void append(long sequence, WireFrame wire, List<String> about) {
    // First the topics: whoever sees the new head must find the frame in all of them.
    for (String name : about) {
      Topic topic = topics.get(name);
      if (topic != null) {
        topic.log.append(sequence, wire, about);
      }
    }
    log.append(sequence, memory.add(wire), about);
  }

  /** Moves on past something in the stream that no browser gets. Called by the appending thread. */
  synchronized void skip(long sequence) {
    log.skip(sequence);
  }

  /**
   * Returns the log of a topic, which has everything from now on, or nothing when there are too
   * many. Each log is given back with {@link #leave}.
   */
  synchronized @Nullable FeedLog join(String name) {
    Topic topic = topics.get(name);
    if (topic == null) {
      if (topics.size() >= MOST_TOPICS) {
        return null;
      }
      topic = new Topic(new FeedLog(log.head(), TOPIC_FRAMES, TOPIC_BYTES));
      topics.put(name, topic);
    }
    topic.readers++;
    return topic.log;
  }

  /** Gives the log of a topic back; the last one who does ends it. */
  synchronized void leave(String name) {
    Topic topic = topics.get(name);
    if (topic != null && --topic.readers == 0) {
      topics.remove(name);
    }
  }

  /** Returns how many topics have a log. */
  synchronized int topics() {
    return topics.size();
  }
}
