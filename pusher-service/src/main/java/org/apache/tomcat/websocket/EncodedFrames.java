package org.apache.tomcat.websocket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.List;
import org.apache.coyote.http11.upgrade.UpgradeInfo;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.websocket.server.WsRemoteEndpointImplServer;

/**
 * Writes frames to a connection that were encoded once for all connections.
 *
 * <p>jakarta.websocket has no way to do that: it encodes each text again for every browser, and
 * copies it twice. So this is in Tomcat's package, between its session and its socket. It takes
 * turns with the session, whose pings, pongs and close frames go on as before. ADR 18 has what it
 * costs and brings.
 *
 * <p>Belongs to one thread.
 */
public final class EncodedFrames {

  /** Smaller pieces are put together in the buffer of the socket, which has room for some. */
  private static final int LARGE = 1024;

  private static final VarHandle SOCKET = field("socketWrapper", SocketWrapperBase.class);
  private static final VarHandle UPGRADE = field("upgradeInfo", UpgradeInfo.class);

  private final WsSession session;
  private final WsRemoteEndpointImplBase endpoint;
  private final SocketWrapperBase<?> socket;
  private final UpgradeInfo upgrade;

  private EncodedFrames(
      WsSession session, WsRemoteEndpointImplBase endpoint, SocketWrapperBase<?> socket) {
    this.session = session;
    this.endpoint = endpoint;
    this.socket = socket;
    this.upgrade = (UpgradeInfo) UPGRADE.get(endpoint);
  }

  /**
   * Returns what writes to the connection of a session.
   *
   * @param session one of Tomcat's server
   */
  public static EncodedFrames of(Session session) {
    WsRemoteEndpointImplBase endpoint = ((WsRemoteEndpointBase) session.getBasicRemote()).base;
    return new EncodedFrames(
        (WsSession) session, endpoint, (SocketWrapperBase<?>) SOCKET.get(endpoint));
  }

  /**
   * Returns when the socket has taken everything.
   *
   * @param pieces whole frames, with their headers
   * @param timeout how long the socket may take nothing
   * @throws IOException when the connection is closed; one that fails or stalls is closed
   */
  public void write(List<ByteBuffer> pieces, Duration timeout) throws IOException {
    acquire(timeout);
    try {
      if (!session.isOpen()) {
        throw new IOException("the session is closed");
      }
      socket.setWriteTimeout(timeout.toMillis());
      for (ByteBuffer piece : pieces) {
        if (pieces.size() == 1 || piece.remaining() >= LARGE) {
          writeAtOnce(piece);
        } else {
          socket.write(true, piece);
        }
      }
      flush();
    } catch (IOException e) {
      endpoint.messagePartInProgress.release();
      close(e);
      throw e;
    }
    endpoint.endMessage(null, null);
  }

  /** Tells whether both sides have said goodbye, or the connection is lost. */
  public boolean isOver() {
    return session.isClosed();
  }

  /** Returns how many frames have come so far, those included of which no handler hears. */
  public long received() {
    return upgrade.getMsgsReceived();
  }

  /** From where the piece lies to the kernel; what the kernel does not take now is waited for. */
  private void writeAtOnce(ByteBuffer piece) throws IOException {
    flush();
    WritableByteChannel channel = (WritableByteChannel) socket.getSocket();
    channel.write(piece);
    if (piece.hasRemaining()) {
      socket.write(true, piece);
    }
  }

  private void flush() throws IOException {
    if (socket.hasDataToWrite()) {
      socket.flush(true);
    }
  }

  private void acquire(Duration timeout) throws IOException {
    if (endpoint.messagePartInProgress.tryAcquire()) {
      return;
    }
    long expiry = System.currentTimeMillis() + timeout.toMillis();
    try {
      if (!endpoint.acquireMessagePartInProgressSemaphore(Constants.OPCODE_TEXT, expiry)) {
        SocketTimeoutException late = new SocketTimeoutException("another write does not end");
        close(late);
        throw late;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** As the session does when a write of its own fails. */
  private void close(IOException reason) {
    String phrase = reason.getClass().getSimpleName();
    session.doClose(
        new CloseReason(CloseCodes.GOING_AWAY, phrase),
        new CloseReason(CloseCodes.CLOSED_ABNORMALLY, phrase),
        true);
  }

  private static VarHandle field(String name, Class<?> type) {
    Class<?> endpoint = WsRemoteEndpointImplServer.class;
    try {
      return MethodHandles.privateLookupIn(endpoint, MethodHandles.lookup())
          .findVarHandle(endpoint, name, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
