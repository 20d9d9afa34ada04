package meower.pusher.feed;

import java.util.List;

/**
 * One meow as every browser gets it: encoded once, shared by all.
 *
 * @param offset its place in the {@link FeedLog}, without holes
 * @param sequence the stream sequence of the meow, increasing but with holes
 * @param wire what is sent
 * @param topics what the meow is about, each once
 */
record Frame(long offset, long sequence, WireFrame wire, List<String> topics) {

  /** What the objects around the bytes take, roughly. */
  private static final int OVERHEAD = 96;

  /** Returns an upper estimate of the memory that the frame takes, in bytes. */
  long size() {
    long size = (long) OVERHEAD + wire.length();
    for (String topic : topics) {
      size += OVERHEAD + 2L * topic.length();
    }
    return size;
  }
}
