package meower.bench.push.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The text protocol of NATS, in pieces as they come. */
public final class NatsProtocol implements Protocol {

  private static final byte[] NOTHING = {};
  private static final byte[] PONG = "PONG\r\n".getBytes(StandardCharsets.US_ASCII);

  private final String subject;
  private byte[] left = {};
  private boolean ready;

  public NatsProtocol(String subject) {
    this.subject = subject;
  }

  @Override
  public byte[] greeting() {
    return ("CONNECT {\"verbose\":false,\"pedantic\":false}\r\nSUB " + subject + " 1\r\nPING\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public byte[] take(byte[] bytes, int from, int to, Sink sink) {
    byte[] all = bytes;
    int at = from;
    int end = to;
    if (left.length > 0) {
      all = Arrays.copyOf(left, left.length + to - from);
      System.arraycopy(bytes, from, all, left.length, to - from);
      at = 0;
      end = all.length;
    }
    byte[] answer = NOTHING;
    int next = next(all, at, end, sink);
    while (next > at) {
      if (all[at] == 'P' && all[at + 1] == 'I') {
        answer = PONG;
      } else if (all[at] == 'P') {
        ready = true;
      }
      at = next;
      next = next(all, at, end, sink);
    }
    left = Arrays.copyOfRange(all, at, end);
    return answer;
  }

  @Override
  public boolean isText() {
    return false;
  }

  @Override
  public boolean isReady() {
    return ready;
  }

  /** Returns behind the message that begins here, or here when not all of it is there. */
  private static int next(byte[] all, int at, int end, Sink sink) {
    int line = lineEnd(all, at, end);
    if (line < 0) {
      return at;
    }
    if (all[at] != 'M') {
      if (all[at] == '-') {
        throw new IllegalStateException(new String(all, at, line - at, StandardCharsets.US_ASCII));
      }
      return line;
    }
    int size = 0;
    int digit = line - 3;
    for (int factor = 1; all[digit] != ' '; factor *= 10) {
      size += factor * (all[digit--] - '0');
    }
    int next = line + size + 2;
    if (next > end) {
      return at;
    }
    sink.meow(all, line);
    return next;
  }

  /** Returns behind the line's end. */
  private static int lineEnd(byte[] all, int at, int end) {
    for (int i = at; i < end; i++) {
      if (all[i] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }
}
