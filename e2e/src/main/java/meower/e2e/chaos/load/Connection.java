package meower.e2e.chaos.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import meower.e2e.access.Transport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One WebSocket of a browser or a program, from its handshake to its end (RFC 6455).
 *
 * <p>Java's own client goes silent at times when the other side vanishes while it is reading
 * slowly; here whoever does not read simply does not read.
 */
public final class Connection {

  static final int NORMAL = 1000;
  public static final int GOING_AWAY = 1001;
  public static final int BROKEN = 1006;
  public static final int TRY_AGAIN_LATER = 1013;

  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  /** Says that a length of two bytes follows; nothing longer is sent. */
  private static final int EXTENDED = 126;

  /** The server pings every 25 s; when nothing at all comes there is nobody any more. */
  private static final Duration SILENCE = Duration.ofSeconds(45);

  private final URI server;
  private final Transport transport;
  private final Map<String, String> headers;
  private final Runnable opened;
  private final Consumer<JsonNode> frames;
  private final Supplier<Duration> slowness;
  private final Socket plain = new Socket();
  private volatile Socket socket = plain;
  private boolean closed;

  /**
   * @param headers that the handshake has besides its own
   * @param opened is run when the handshake is done, before any frame is taken
   * @param frames takes each frame, one at a time
   * @param slowness how long to wait before each further frame is taken
   */
  public Connection(
      URI server,
      Transport transport,
      Map<String, String> headers,
      Runnable opened,
      Consumer<JsonNode> frames,
      Supplier<Duration> slowness) {
    this.server = server;
    this.transport = transport;
    this.headers = Map.copyOf(headers);
    this.opened = opened;
    this.frames = frames;
    this.slowness = slowness;
  }

  /**
   * Connects, and takes frames until the end.
   *
   * @return the close code
   * @throws IOException if there is no WebSocket
   */
  public int run(String path) throws IOException {
    try (plain) {
      plain.setSoTimeout(Math.toIntExact(SILENCE.toMillis()));
      socket = transport.connect(plain, server);
      socket.setSoTimeout(Math.toIntExact(SILENCE.toMillis()));
      var in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 2_048));
      shakeHands(path, in);
      opened.run();
      return takeAll(in);
    }
  }

  /** Ends it: properly, or as when a network goes away. Nothing is taken any more. */
  public synchronized void close(boolean properly) {
    closed = true;
    try {
      if (properly && socket.isConnected()) {
        write(CLOSE, ByteBuffer.allocate(2).putShort((short) NORMAL).array());
      }
      plain.close();
    } catch (IOException _) {
      // It had ended already.
    }
  }

  public synchronized boolean isClosed() {
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
        %s
        """
            .formatted(path, server.getAuthority(), lines());
    socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    String status = line(in);
    while (!line(in).isEmpty()) {
      // The other headers say nothing that matters here.
    }
    if (!status.startsWith("HTTP/1.1 101 ")) {
      throw new IOException("the handshake was answered with " + status);
    }
  }

  private String lines() {
    return headers.entrySet().stream()
        .map(header -> header.getKey() + ": " + header.getValue() + "\n")
        .collect(Collectors.joining());
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
      case EXTENDED -> in.readUnsignedShort();
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

  /**
   * Sends a text.
   *
   * @throws IOException if the connection has ended
   */
  public void send(String text) throws IOException {
    write(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Masked with zeros: nothing between us and the server could be misled. */
  private synchronized void write(int opcode, byte[] payload) throws IOException {
    boolean isShort = payload.length < EXTENDED;
    var frame = ByteBuffer.allocate((isShort ? 6 : 8) + payload.length);
    frame.put((byte) (0x80 | opcode)).put((byte) (0x80 | (isShort ? payload.length : EXTENDED)));
    if (!isShort) {
      frame.putShort((short) payload.length);
    }
    socket.getOutputStream().write(frame.putInt(0).put(payload).array());
  }
}
