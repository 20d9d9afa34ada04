package meower.pusher.hub;

import jakarta.websocket.CloseReason;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import meower.pusher.frame.Batch;

/**
 * The sending side of one connection, whatever it is. Every method blocks until the other side has
 * taken what is sent, and belongs to one thread, the subscriber's writer.
 *
 * <p>Whatever fails throws an {@link IOException}; the connection is then dropped.
 */
public interface FeedSession {

  /** Sends the frames at once, as far as the socket takes them. */
  void send(Batch batch) throws IOException;

  /** Sends something that tells that the connection is still there. */
  void ping() throws IOException;

  /** From one ping to the next, if it is not what is usual. */
  default Optional<Duration> pingInterval() {
    return Optional.empty();
  }

  /** Says goodbye. */
  void close(CloseReason reason) throws IOException;

  /** Tells whether both sides have said goodbye, or the connection is lost. */
  boolean isOver();

  /** Returns how many frames have come over it so far, if any can. For any thread. */
  default long received() {
    return 0;
  }

  /** Ends the connection if nothing else has: one without a writer would wait for ever. */
  void abandon();

  /** Drops the connection although its writer is blocked; the one method for other threads. */
  void cutOff(CloseReason reason);
}
