package meower.pusher.feed;

/** What comes next for a reader is no longer in the stream: the feed cannot go on for it. */
public final class CutOffException extends Exception {

  /**
   * @param sequence up to which the reader has everything
   */
  CutOffException(long sequence) {
    super("what came after " + sequence + " is no longer held");
  }
}
