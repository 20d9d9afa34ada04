package meower.pusher;

import java.util.List;

/**
 * One meow as every browser gets it: encoded once, shared by all.
 *
 * @param offset its place in the {@link FeedLog}, without holes
 * @param sequence the stream sequence of the meow, increasing but with holes
 * @param text the JSON text
 * @param topics what the meow is about, each once
 */
record Frame(long offset, long sequence, String text, List<String> topics) {

  /** What the objects around the text take, roughly. */
  private static final int OVERHEAD = 96;

  /** Returns an upper estimate of the memory that the frame takes, in bytes. */
  long size() {
    long size = OVERHEAD + 2L * text.length();
    for (String topic : topics) {
      size += OVERHEAD + 2L * topic.length();
    }
    return size;
  }
}
