package meower.pusher.frame;

import java.util.List;

/**
 * One event as every browser gets it: encoded once, shared by all.
 *
 * @param offset its place in the log, without holes
 * @param sequence the stream sequence of the event, increasing but with holes
 * @param kind what happened to the meow
 * @param wire what is sent; nothing when it was blanked
 * @param topics what a meow is about, each once; decided when it is created
 */
public record Frame(long offset, long sequence, Kind kind, WireFrame wire, List<String> topics) {

  /** What the objects around the bytes take, roughly. */
  private static final int OVERHEAD = 96;

  /** What a frame says of its meow. */
  public enum Kind {
    CREATED,
    EDITED,
    DELETED
  }

  /** A meow was created. */
  public Frame(long offset, long sequence, WireFrame wire, List<String> topics) {
    this(offset, sequence, Kind.CREATED, wire, topics);
  }

  /**
   * Tells whether it goes to every browser, whatever its topics: a meow that one has may have come
   * under a topic that it no longer follows.
   */
  public boolean isForEverybody() {
    return kind != Kind.CREATED;
  }

  /** Tells whether there is a text in it that a deletion takes back. */
  public boolean hasText() {
    return kind != Kind.DELETED && !wire.isBlank();
  }

  /** Returns a frame in its place that nobody gets. */
  public Frame blanked() {
    return new Frame(offset, sequence, kind, wire.blanked(), List.of());
  }

  /** Returns the same frame in other memory. */
  public Frame in(WireFrame memory) {
    return new Frame(offset, sequence, kind, memory, topics);
  }

  /** Returns an upper estimate of the memory that the frame takes, in bytes. */
  public long size() {
    long size = (long) OVERHEAD + wire.length();
    for (String topic : topics) {
      size += OVERHEAD + 2L * topic.length();
    }
    return size;
  }
}
