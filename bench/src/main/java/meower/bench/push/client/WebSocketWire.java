package meower.bench.push.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One WebSocket connection, the browser's side: the handshake, and then frames taken apart where
 * they lie.
 */
public final class WebSocketWire implements Wire {

  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int SHORT = 126;
  private static final int LONG = 127;
  private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Protocol protocol;
  private byte[] left = {};
  private boolean open;

  WebSocketWire(Protocol protocol) {
    this.protocol = protocol;
  }

  @Override
  public ByteBuffer request(String path, int port) {
    return ByteBuffer.wrap(
        """
        GET %s HTTP/1.1\r
        Host: localhost:%d\r
        Connection: Upgrade\r
        Upgrade: websocket\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        \r
        """
            .formatted(path, port)
            .getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public boolean isReady() {
    return open && protocol.isReady();
  }

  @Override
  public byte[] left() {
    return left;
  }

  @Override
  public ByteBuffer take(byte[] bytes, int end, Protocol.Sink sink) {
    int at = 0;
    ByteBuffer answer = NOTHING;
    if (!open) {
      at = headEnd(bytes, end);
      if (at < 0) {
        left = Arrays.copyOf(bytes, end);
        return NOTHING;
      }
      requireSwitched(bytes);
      open = true;
      answer = masked(opcode(), protocol.greeting());
    }
    int next = frameEnd(bytes, at, end);
    while (next > 0) {
      ByteBuffer reply = takeFrame(bytes, at, next, sink);
      answer = reply.hasRemaining() ? reply : answer;
      at = next;
      next = frameEnd(bytes, at, end);
    }
    left = at == end ? NOTHING.array() : Arrays.copyOfRange(bytes, at, end);
    return answer;
  }

  private ByteBuffer takeFrame(byte[] bytes, int at, int end, Protocol.Sink sink) {
    int payload = end - payloadLength(bytes, at);
    return switch (bytes[at] & 0x0F) {
      case TEXT, BINARY, 0 -> masked(opcode(), protocol.take(bytes, payload, end, sink));
      case PING -> masked(PONG, Arrays.copyOfRange(bytes, payload, end));
      case PONG -> NOTHING;
      case CLOSE ->
          throw new IllegalStateException(
              "the server closed a connection: "
                  + new String(bytes, payload, end - payload, StandardCharsets.UTF_8));
      default -> throw new IllegalStateException("an opcode that nobody knows");
    };
  }

  private int opcode() {
    return protocol.isText() ? TEXT : BINARY;
  }

  /** Returns where the frame ends that begins here, or 0 when it is not complete. */
  private static int frameEnd(byte[] bytes, int at, int end) {
    if (end - at < 2) {
      return 0;
    }
    int header = headerLength(bytes, at);
    if (end - at < header) {
      return 0;
    }
    int frame = at + header + payloadLength(bytes, at);
    return frame <= end ? frame : 0;
  }

  private static int headerLength(byte[] bytes, int at) {
    return switch (bytes[at + 1] & 0x7F) {
      case SHORT -> 4;
      case LONG -> 10;
      default -> 2;
    };
  }

  private static int payloadLength(byte[] bytes, int at) {
    int length = bytes[at + 1] & 0x7F;
    return switch (length) {
      case SHORT -> ByteBuffer.wrap(bytes).getShort(at + 2) & 0xFFFF;
      case LONG -> Math.toIntExact(ByteBuffer.wrap(bytes).getLong(at + 2));
      default -> length;
    };
  }

  private static int headEnd(byte[] bytes, int end) {
    for (int i = HEAD_END.length; i <= end; i++) {
      if (Arrays.equals(bytes, i - HEAD_END.length, i, HEAD_END, 0, HEAD_END.length)) {
        return i;
      }
    }
    return -1;
  }

  private static void requireSwitched(byte[] bytes) {
    String line = new String(bytes, 0, 12, StandardCharsets.US_ASCII);
    if (!line.startsWith("HTTP/1.1 101")) {
      throw new IllegalStateException("not let in: " + line);
    }
  }

  /** With a mask of zeros, as a client has to. */
  private static ByteBuffer masked(int opcode, byte[] payload) {
    if (payload.length == 0 && opcode != PONG) {
      return NOTHING;
    }
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 8).put((byte) (0x80 | opcode));
    if (payload.length < SHORT) {
      frame.put((byte) (0x80 | payload.length));
    } else {
      frame.put((byte) (0x80 | SHORT)).putShort((short) payload.length);
    }
    return frame.putInt(0).put(payload).flip();
  }
}
