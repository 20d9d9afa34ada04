package meower.e2e.hostile.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import meower.e2e.access.FrontDoor;

/** A TCP connection that can be used as badly as TCP allows. Not for several threads at once. */
public final class Connection implements AutoCloseable {

  /** Longer than anything in Meower may take, nginx's own patience with slow senders included. */
  public static final Duration LONGEST_ANSWER = Duration.ofSeconds(15);

  private final Socket plain;
  private final Socket socket;
  private final InputStream in;

  private Connection(Socket plain) throws IOException {
    this.plain = plain;
    this.socket = FrontDoor.opened(plain);
    this.in = new BufferedInputStream(socket.getInputStream(), 4096);
  }

  public static Connection to(int port) throws IOException {
    return to(port, new Socket());
  }

  /** Connects from another address of this machine, so that it counts as another client. */
  public static Connection to(int port, String from) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(from, 0));
    return to(port, socket);
  }

  private static Connection to(int port, Socket socket) throws IOException {
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) LONGEST_ANSWER.toMillis());
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
      return new Connection(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  public void send(String wire) throws IOException {
    socket.getOutputStream().write(Wire.bytes(wire));
  }

  /** Says that nothing more will be sent; answers can still be read. */
  public void finish() throws IOException {
    if (!socket.isOutputShutdown() && !socket.isClosed()) {
      socket.shutdownOutput();
    }
  }

  /**
   * Returns the next answer, or nothing when the connection ends before one.
   *
   * @throws java.net.SocketTimeoutException if none comes in time
   */
  public Optional<RawAnswer> answer(boolean toHead) throws IOException {
    return RawAnswer.read(in, toHead);
  }

  public InputStream in() {
    return in;
  }

  /** Sends byte for byte, with a pause after each. */
  public void sendSlowly(String wire, Duration pause) throws IOException {
    for (byte b : Wire.bytes(wire)) {
      socket.getOutputStream().write(b);
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  /** Ends it with an RST, in the middle of whatever is going on. */
  public void reset() throws IOException {
    plain.setOption(StandardSocketOptions.SO_LINGER, 0);
    plain.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
