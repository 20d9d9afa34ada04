package meower.e2e.chaos.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One WebSocket of a browser, from its handshake to its end (RFC 6455).
 *
 * <p>Java's own client goes silent at times when the other side vanishes while it is reading
 * slowly; here whoever does not read simply does not read.
 */
final class Connection {

  static final int NORMAL = 1000;
  static final int GOING_AWAY = 1001;
  static final int BROKEN = 1006;
  static final int TRY_AGAIN_LATER = 1013;

  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** The server pings every 25 s; when nothing at all comes there is nobody any more. */
  private static final Duration SILENCE = Duration.ofSeconds(45);

  private final URI server;
  private final Consumer<JsonNode> frames;
  private final Supplier<Duration> slowness;
  private final Socket socket = new Socket();
  private boolean closed;

  /**
   * @param frames takes each frame, one at a time
   * @param slowness how long to wait before each further frame is taken
   */
  Connection(URI server, Consumer<JsonNode> frames, Supplier<Duration> slowness) {
    this.server = server;
    this.frames = frames;
    this.slowness = slowness;
  }

  /**
   * Connects, and takes frames until the end.
   *
   * @return the close code
   * @throws IOException if there is no WebSocket
   */
  int run(String path) throws IOException {
    try (socket) {
      socket.connect(
          new InetSocketAddress(server.getHost(), server.getPort()),
          Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
      socket.setSoTimeout(Math.toIntExact(SILENCE.toMillis()));
      var in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 2_048));
      shakeHands(path, in);
      return takeAll(in);
    }
  }

  /** Ends it: properly, or as when a network goes away. Nothing is taken any more. */
  synchronized void close(boolean properly) {
    closed = true;
    try {
      if (properly && socket.isConnected()) {
        write(CLOSE, ByteBuffer.allocate(2).putShort((short) NORMAL).array());
      }
      socket.close();
    } catch (IOException _) {
      // It had ended already.
    }
  }

  synchronized boolean isClosed() {
    return closed;
  }

  private void shakeHands(String path, DataInputStream in) throws IOException {
    String request =
        """
        GET %s HTTP/1.1
        Host: %s
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

        """
            .formatted(path, server.getAuthority());
    socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    String status = line(in);
    while (!line(in).isEmpty()) {
      // The other headers say nothing that matters here.
    }
    if (!status.startsWith("HTTP/1.1 101 ")) {
      throw new IOException("the handshake was answered with " + status);
    }
  }

  private static String line(DataInputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private int takeAll(DataInputStream in) {
    var message = new ByteArrayOutputStream();
    try {
      while (true) {
        int head = in.readUnsignedByte();
        byte[] payload = new byte[length(in)];
        in.readFully(payload);
        switch (head & 0x0f) {
          case CLOSE -> {
            return payload.length < 2 ? NORMAL : ByteBuffer.wrap(payload).getShort();
          }
          case PING -> write(PONG, payload);
          case PONG -> {}
          default -> {
            message.write(payload);
            if ((head & 0x80) != 0) {
              take(message.toString(StandardCharsets.UTF_8));
              message.reset();
            }
          }
        }
      }
    } catch (IOException _) {
      return BROKEN;
    }
  }

  private static int length(DataInputStream in) throws IOException {
    int length = in.readUnsignedByte() & 0x7f;
    return switch (length) {
      case 126 -> in.readUnsignedShort();
      case 127 -> Math.toIntExact(in.readLong());
      default -> length;
    };
  }

  private void take(String text) {
    synchronized (this) {
      // A frame that comes after the end was never seen by anybody.
      if (!closed) {
        frames.accept(JsonMapper.shared().readTree(text));
      }
    }
    LockSupport.parkNanos(slowness.get().toNanos());
  }

  /** Masked with zeros: nothing between us and the server could be misled. */
  private synchronized void write(int opcode, byte[] payload) throws IOException {
    var frame = ByteBuffer.allocate(6 + payload.length);
    frame.put((byte) (0x80 | opcode)).put((byte) (0x80 | payload.length)).putInt(0).put(payload);
    socket.getOutputStream().write(frame.array());
  }
}
