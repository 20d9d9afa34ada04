package meower.pusher.feed;

import java.util.List;
import meower.pusher.frame.Frame;
import meower.pusher.frame.FrameMemory;
import meower.pusher.frame.WireFrame;
import meower.schema.Position;
import meower.search.SearchQuery;
import meower.search.StandingSearches;
import org.jspecify.annotations.Nullable;

/**
 * One epoch of the stream, from its beginning to the present: what every browser reads.
 *
 * <p>Its newest part is in a {@link FeedLog}, what came before in the {@link History}. Each topic
 * that somebody has subscribed to has a log of its own beside it, which all its subscribers share.
 * So has each search that somebody has made standing, with its own frames of the meows that it has
 * found. Edits and deletions are for everybody: who follows topics or a search has a log of these,
 * too, one for all.
 */
public final class Feed {

  /** What a reader of topics may be behind without looking through everything, at 500/s for 8 s. */
  private static final int CHANGE_FRAMES = 4096;

  private static final long CHANGE_BYTES = 2 * 1024 * 1024;

  /** Readers of further topics look through all meows: a topic's log takes some KB. */
  private static final int MOST_TOPICS = 10_000;

  private static final int TOPIC_FRAMES = 256;
  private static final long TOPIC_BYTES = 256 * 1024;

  /** Fewer: no two searches share the frames of a meow. */
  private static final int SEARCH_FRAMES = 64;

  private static final long SEARCH_BYTES = 64 * 1024;

  private final FeedLog log;
  private final FeedLog changes;
  private final FrameMemory memory = new FrameMemory();
  private final History history;
  private final FeedMetrics metrics;
  private final FollowedLogs<String> topics =
      new FollowedLogs<>(MOST_TOPICS, TOPIC_FRAMES, TOPIC_BYTES);
  private final FollowedLogs<SearchQuery> searches;
  private final StandingSearches<SearchQuery> standing = new StandingSearches<>();

  /**
   * @param log the newest part, as it comes in
   * @param history what came before
   * @param maxSearches how many different searches may stand at once
   */
  Feed(FeedLog log, History history, FeedMetrics metrics, int maxSearches) {
    this.log = log;
    this.changes = new FeedLog(log.head(), CHANGE_FRAMES, CHANGE_BYTES);
    this.history = history;
    this.metrics = metrics;
    this.searches = new FollowedLogs<>(maxSearches, SEARCH_FRAMES, SEARCH_BYTES);
  }

  /** Returns up to where the stream was seen. */
  public Position head() {
    return log.head();
  }

  FeedLog log() {
    return log;
  }

  /** Returns the edits and deletions of the newest part. */
  FeedLog changes() {
    return changes;
  }

  History history() {
    return history;
  }

  FeedMetrics metrics() {
    return metrics;
  }

  /**
   * Adds the frame of a meow that was created. Called by one thread only.
   *
   * @param about the topics of the meow, each once
   * @throws IllegalArgumentException if the sequence is not after the log's head
   */
  synchronized void append(long sequence, WireFrame wire, List<String> about) {
    // First the others: whoever sees the new head must find the frame in all of them.
    for (String topic : about) {
      topics.append(topic, sequence, Frame.Kind.CREATED, wire, about);
    }
    search(sequence, Frame.Kind.CREATED, wire);
    log.append(sequence, memory.add(wire), about);
  }

  /** Adds the frame of an edit; see {@link #append}. */
  synchronized void edit(long sequence, WireFrame wire) {
    search(sequence, Frame.Kind.EDITED, wire);
    change(sequence, Frame.Kind.EDITED, wire);
  }

  /**
   * Adds the frame of a deletion, and takes out the text of the meow wherever it is; see {@link
   * #append}.
   *
   * @param earlier the sequences of the meow's earlier events
   */
  synchronized void delete(long sequence, WireFrame wire, List<Long> earlier) {
    history.erase(earlier);
    earlier.forEach(this::blank);
    change(sequence, Frame.Kind.DELETED, wire);
  }

  private void search(long sequence, Frame.Kind kind, WireFrame wire) {
    if (searches.size() == 0) {
      return;
    }
    long tried = standing.tried();
    SearchedFrame searched = SearchedFrame.of(wire);
    for (var match : standing.matching(searched.text())) {
      WireFrame found = searched.with(match.matches());
      searches.append(match.key(), sequence, kind, found, List.of());
      metrics.found().increment();
    }
    metrics.compared().increment((double) (standing.tried() - tried));
  }

  private void change(long sequence, Frame.Kind kind, WireFrame wire) {
    changes.append(sequence, kind, wire, List.of());
    log.append(sequence, kind, memory.add(wire), List.of());
  }

  private void blank(long sequence) {
    changes.blank(sequence, memory);
    log.blank(sequence, memory);
    topics.blank(sequence, memory);
    searches.blank(sequence, memory);
  }

  /** Moves on past something in the stream that no browser gets. Called by the appending thread. */
  synchronized void skip(long sequence) {
    log.skip(sequence);
  }

  /**
   * Returns the log of a topic, which has everything from now on, or nothing when there are too
   * many. Each log is given back with {@link #leave}.
   */
  synchronized @Nullable FeedLog join(String topic) {
    return topics.join(topic, log.head());
  }

  /** Gives the log of a topic back; the last one who does ends it. */
  synchronized void leave(String topic) {
    topics.leave(topic);
  }

  /** Returns the log of a search, or nothing when there are too many; see the other method. */
  synchronized @Nullable FeedLog join(SearchQuery query) {
    @Nullable FeedLog joined = searches.join(query, log.head());
    if (joined != null) {
      standing.add(query, query);
    }
    return joined;
  }

  /** Gives the log of a search back; the last one who does ends it. */
  synchronized void leave(SearchQuery query) {
    if (searches.leave(query)) {
      standing.remove(query);
    }
  }

  /** Returns how many meows are in logs of topics and of searches. */
  synchronized int held() {
    return topics.held() + searches.held();
  }

  /** Returns how many searches are standing. */
  public synchronized int searches() {
    return searches.size();
  }

  /** Returns how many topics have a log. */
  synchronized int topics() {
    return topics.size();
  }
}
