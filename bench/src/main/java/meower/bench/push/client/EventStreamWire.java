package meower.bench.push.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Meower's feed as Server-Sent Events: an answer in chunks, and in them events of three lines.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent
 *     events</a>
 */
public final class EventStreamWire implements Wire {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};
  private static final byte[] NAME = "event: ".getBytes(StandardCharsets.US_ASCII);

  /** Of {@code event: meow}: where its id begins. */
  private static final int MEOW_ID = "event: meow\nid: ".length();

  private static final int DATA = "data: ".length();

  /** No end of line comes before here in the frame of a meow. */
  private static final int LEAST_FRAME = Text.BODY + Text.body(0, 0).length();

  private byte[] left = {};
  private boolean open;
  private boolean ready;

  /**
   * What is left of the chunk that is being read; the end of its line is in the size of the next.
   */
  private int chunk;

  private int size;
  private boolean inSize = true;

  @Override
  public ByteBuffer request(String path, int port) {
    return ByteBuffer.wrap(
        "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nAccept: text/event-stream\r\n\r\n"
            .formatted(path, port)
            .getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public boolean isReady() {
    return ready;
  }

  @Override
  public byte[] left() {
    return left;
  }

  @Override
  public ByteBuffer take(byte[] bytes, int end, Protocol.Sink sink) {
    // What was left once the head was over is no chunk any more.
    int kept = left.length;
    int from = kept;
    if (!open) {
      int head = headEnd(bytes, end);
      if (head < 0) {
        left = Arrays.copyOf(bytes, end);
        return NOTHING;
      }
      requireStream(bytes);
      open = true;
      kept = 0;
      from = head;
    }
    int text = joinChunks(bytes, kept, from, end);
    int taken = takeEvents(bytes, text, sink);
    left = taken == text ? NOTHING.array() : Arrays.copyOfRange(bytes, taken, text);
    return NOTHING;
  }

  /**
   * Moves what is in the chunks together.
   *
   * @param to where it is moved to
   * @return where it ends
   */
  private int joinChunks(byte[] bytes, int to, int from, int end) {
    int at = from;
    int joined = to;
    while (at < end) {
      if (inSize) {
        takeSize(bytes[at]);
        at++;
      } else {
        int count = Math.min(chunk, end - at);
        System.arraycopy(bytes, at, bytes, joined, count);
        at += count;
        joined += count;
        chunk -= count;
        inSize = chunk == 0;
      }
    }
    return joined;
  }

  private void takeSize(byte next) {
    if (next == '\n') {
      // An empty line ends the chunk before.
      inSize = size == 0;
      chunk = size;
      size = 0;
    } else if (next != '\r') {
      int digit = Character.digit(next, 16);
      if (digit < 0) {
        throw new IllegalStateException("no size of a chunk: " + (char) next);
      }
      size = 16 * size + digit;
    }
  }

  /** Returns where the last complete event ends. */
  private int takeEvents(byte[] bytes, int end, Protocol.Sink sink) {
    int at = 0;
    int next = takeEvent(bytes, at, end, sink);
    while (next > 0) {
      at = next;
      next = takeEvent(bytes, at, end, sink);
    }
    return at;
  }

  /** Returns where the event ends that begins here, or 0 when it is not complete. */
  private int takeEvent(byte[] bytes, int at, int end, Protocol.Sink sink) {
    if (end - at > NAME.length && isMeow(bytes, at)) {
      return takeMeow(bytes, at, end, sink);
    }
    int over = blockEnd(bytes, at, end);
    if (over > 0) {
      String event = new String(bytes, at, over - at, StandardCharsets.UTF_8);
      if (event.startsWith("event: hello") || event.contains("\nevent: hello")) {
        ready = true;
      } else if (event.startsWith("event: ")) {
        throw new IllegalStateException("nobody expects this here: " + event);
      }
    }
    return over;
  }

  private static boolean isMeow(byte[] bytes, int at) {
    return bytes[at] == 'e' && bytes[at + NAME.length] == 'm';
  }

  private static int takeMeow(byte[] bytes, int at, int end, Protocol.Sink sink) {
    int line = lineEnd(bytes, at + MEOW_ID, end);
    int frame = line + DATA;
    int over = line == 0 ? 0 : lineEnd(bytes, frame + LEAST_FRAME, end);
    if (over == 0 || over == end) {
      return 0;
    }
    sink.meow(bytes, frame);
    return over + 1;
  }

  /** Returns where the next line begins, or 0 when this one has no end. */
  private static int lineEnd(byte[] bytes, int from, int end) {
    for (int i = from; i < end; i++) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return 0;
  }

  private static int blockEnd(byte[] bytes, int from, int end) {
    for (int i = from + 1; i < end; i++) {
      if (bytes[i] == '\n' && bytes[i - 1] == '\n') {
        return i + 1;
      }
    }
    return 0;
  }

  private static int headEnd(byte[] bytes, int end) {
    for (int i = HEAD_END.length; i <= end; i++) {
      if (Arrays.equals(bytes, i - HEAD_END.length, i, HEAD_END, 0, HEAD_END.length)) {
        return i;
      }
    }
    return -1;
  }

  private static void requireStream(byte[] bytes) {
    String line = new String(bytes, 0, 12, StandardCharsets.US_ASCII);
    if (!line.startsWith("HTTP/1.1 200")) {
      throw new IllegalStateException("not let in: " + line);
    }
  }
}
