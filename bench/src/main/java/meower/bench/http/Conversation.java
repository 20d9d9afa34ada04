package meower.bench.http;

import java.nio.ByteBuffer;

/** What one connection says to a server, a request after the other. */
public interface Conversation {

  /** Returns the next complete request, ready to be read. */
  ByteBuffer next();

  /**
   * Takes the answer to it.
   *
   * @param body empty unless {@link #readsBodies()}
   * @return how many operations it has completed; 0 in the middle of one
   */
  int answered(int status, byte[] body);

  /** Tells whether it has to know what the answers say. */
  default boolean readsBodies() {
    return true;
  }
}
