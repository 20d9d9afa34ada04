package meower.pusher.hub;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import meower.pusher.frame.Batch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A WebSocket connection. */
public final class BrowserSession implements FeedSession {

  private static final Logger log = LoggerFactory.getLogger(BrowserSession.class);
  private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";
  private static final String CLOSE_TIMEOUT = "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT";
  private static final Duration CLOSE_ANSWER = Duration.ofSeconds(5);

  /**
   * For every goodbye but "normal". The default of 50 ms is too short on a machine that is busy.
   */
  private static final String GOODBYE_TIMEOUT =
      "org.apache.tomcat.websocket.ABNORMAL_SESSION_CLOSE_SEND_TIMEOUT";

  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private final Session session;
  private final RemoteEndpoint.Basic remote;
  private final Output output;
  private final Duration stallTimeout;

  /** The connection itself, below what the container's session tells of it. */
  public interface Output {

    /**
     * Writes whole frames; returns when the socket has taken them.
     *
     * @param timeout how long the socket may take nothing
     */
    void write(List<ByteBuffer> pieces, Duration timeout) throws IOException;

    /** Tells whether both sides have said goodbye, or the connection is lost. */
    boolean isOver();

    /** Returns how many frames have come so far. */
    long received();
  }

  /**
   * @param output what writes to the same connection
   * @param stallTimeout how long the browser may take nothing before its connection is dropped
   */
  public BrowserSession(Session session, Output output, Duration stallTimeout) {
    this.session = session;
    this.remote = session.getBasicRemote();
    this.output = output;
    this.stallTimeout = stallTimeout;
    session.getUserProperties().put(SEND_TIMEOUT, stallTimeout.toMillis());
    session.getUserProperties().put(CLOSE_TIMEOUT, CLOSE_ANSWER.toMillis());
    session.getUserProperties().put(GOODBYE_TIMEOUT, GOODBYE.toMillis());
  }

  @Override
  public void send(Batch batch) throws IOException {
    output.write(batch.pieces(), stallTimeout);
  }

  @Override
  public void ping() throws IOException {
    guard(() -> remote.sendPing(ByteBuffer.allocate(0)));
  }

  /** Says goodbye; the connection ends when the browser has answered, or soon without an answer. */
  @Override
  public void close(CloseReason reason) throws IOException {
    guard(() -> session.close(reason));
  }

  @Override
  public boolean isOver() {
    return output.isOver();
  }

  @Override
  public long received() {
    return output.received();
  }

  @Override
  public void abandon() {
    if (session.isOpen()) {
      closeWhateverHappens(CloseReasons.FAILED);
    }
  }

  /**
   * The container would otherwise wait, at its own stop too, until the write in progress times out.
   */
  @Override
  public void cutOff(CloseReason reason) {
    session.getUserProperties().put(SEND_TIMEOUT, 1L);
    session.getUserProperties().put(GOODBYE_TIMEOUT, 1L);
    closeWhateverHappens(reason);
  }

  private void closeWhateverHappens(CloseReason reason) {
    try {
      session.close(reason);
    } catch (IOException | IllegalStateException e) {
      log.debug("session={} close=failed", session.getId(), e);
    }
  }

  private interface Write {
    void run() throws IOException;
  }

  /** A session that the browser has closed meanwhile is an illegal state to the container. */
  private static void guard(Write write) throws IOException {
    try {
      write.run();
    } catch (IllegalStateException e) {
      throw new IOException(e);
    }
  }
}
