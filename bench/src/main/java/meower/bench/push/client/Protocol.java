package meower.bench.push.client;

/** What a server speaks on top of WebSocket. One for each connection. */
public interface Protocol {

  /** Takes note of the frames in what came. */
  interface Sink {

    /** A meow begins here. */
    void meow(byte[] bytes, int from);

    /** A frame begins here that says that a meow is gone. */
    default void deletion(byte[] bytes, int from) {
      throw new IllegalStateException("nobody deletes anything here");
    }
  }

  /** Returns what is to be sent when the connection is open; empty for nothing. */
  byte[] greeting();

  /**
   * Takes the payload of one WebSocket frame.
   *
   * @return what is to be answered; empty for nothing
   */
  byte[] take(byte[] bytes, int from, int to, Sink sink);

  /** Tells whether what is sent goes in text frames. */
  default boolean isText() {
    return true;
  }

  /** Tells whether the server will send from now on. */
  boolean isReady();
}
