package meower.pusher.feed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import meower.pusher.frame.Frame;
import meower.pusher.frame.FrameMemory;
import meower.pusher.frame.WireFrame;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;

/**
 * The logs of what somebody follows: each begins with the first reader and goes with the last.
 *
 * <p>Guarded by the {@link Feed} that it belongs to.
 *
 * @param <K> what is followed
 */
final class FollowedLogs<K> {

  private final int most;
  private final int frames;
  private final long bytes;
  private final Map<K, Followed> followed = new HashMap<>();

  /**
   * Which logs have an event. They may reach further back than the log of all meows, and a deletion
   * says when the meow came and not what it was about.
   */
  private final Map<Long, List<FeedLog>> holders = new HashMap<>();

  private static final class Followed {

    final FeedLog log;
    int readers;

    Followed(FeedLog log) {
      this.log = log;
    }
  }

  /**
   * @param most how many there may be at once
   * @param frames what a reader may be behind without looking through all meows
   * @param bytes how much memory that may take
   */
  FollowedLogs(int most, int frames, long bytes) {
    this.most = most;
    this.frames = frames;
    this.bytes = bytes;
  }

  /**
   * Returns the log, which has everything from now on, or nothing when there are too many. Each log
   * is given back with {@link #leave}.
   *
   * @param head up to where the stream was seen
   */
  @Nullable FeedLog join(K key, Position head) {
    Followed one = followed.get(key);
    if (one == null) {
      if (followed.size() >= most) {
        return null;
      }
      one = new Followed(new FeedLog(head, frames, bytes, this::forget));
      followed.put(key, one);
    }
    one.readers++;
    return one.log;
  }

  /** Gives a log back; returns whether this was the last one who had it. */
  boolean leave(K key) {
    Followed one = followed.get(key);
    if (one == null || --one.readers > 0) {
      return false;
    }
    followed.remove(key);
    one.log.sequences().forEach(sequence -> forget(sequence, one.log));
    return true;
  }

  /** Adds a frame to the log, if somebody follows it; see {@link FeedLog#append}. */
  void append(K key, long sequence, Frame.Kind kind, WireFrame wire, List<String> about) {
    Followed one = followed.get(key);
    if (one != null) {
      one.log.append(sequence, kind, wire, about);
      holders.computeIfAbsent(sequence, _ -> new ArrayList<>(1)).add(one.log);
    }
  }

  /** Takes a text out of all logs; see {@link FeedLog#blank}. */
  void blank(long sequence, FrameMemory memory) {
    holders.getOrDefault(sequence, List.of()).forEach(log -> log.blank(sequence, memory));
  }

  /** Returns how many logs there are. */
  int size() {
    return followed.size();
  }

  /** Returns how many events are in them, each once. */
  int held() {
    return holders.size();
  }

  private void forget(long sequence, FeedLog log) {
    List<FeedLog> holding = holders.get(sequence);
    if (holding != null && holding.remove(log) && holding.isEmpty()) {
      holders.remove(sequence);
    }
  }
}
