package meower.bench.push.client;

import java.nio.ByteBuffer;

/** One connection, the reader's side: what is asked for, and then frames taken apart. */
public interface Wire {

  /** Returns what is sent first. */
  ByteBuffer request(String path, int port);

  /** Tells whether the server will send from now on. */
  boolean isReady();

  /** Returns what is left of a frame that is not complete; it goes in front of what comes next. */
  byte[] left();

  /**
   * Takes what came, with what was left in front of it. The bytes may be moved about.
   *
   * @return what is to be sent
   */
  ByteBuffer take(byte[] bytes, int end, Protocol.Sink sink);
}
