package meower.pusher;

import java.io.IOException;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import meower.pusher.RawBrowser.RawFrame;
import org.jspecify.annotations.Nullable;

/**
 * A browser of which thousands fit into a test: it remembers nothing but how far it has come, and
 * judges every frame at once.
 */
final class ReturningBrowser implements AutoCloseable {

  private static final Pattern SEQUENCE = Pattern.compile("\"position\":\"[0-9a-z]+-([0-9]+)\"");

  private static final Pattern GAP =
      Pattern.compile("\"from\":\"[0-9a-z]+-([0-9]+)\",\"to\":\"[0-9a-z]+-([0-9]+)\"");

  private final long present;
  private volatile long sequence;
  private volatile String wrong = "";
  private volatile @Nullable RawBrowser socket;
  private volatile boolean closed;

  private ReturningBrowser(long after, long present) {
    this.sequence = after;
    this.present = present;
  }

  /**
   * Begins to connect.
   *
   * @param after up to where it has everything
   * @param present up to where it must not be told that it was too slow
   */
  static ReturningBrowser connect(URI uri, long after, long present) {
    ReturningBrowser browser = new ReturningBrowser(after, present);
    Thread.ofVirtual().start(() -> browser.read(uri));
    return browser;
  }

  /** Returns up to where it has everything. */
  long sequence() {
    return sequence;
  }

  /** Returns the first thing that was not as promised, nothing if all was. */
  String wrong() {
    return wrong;
  }

  /** Goes, in the middle of whatever it is sent. */
  @Override
  public void close() throws IOException {
    closed = true;
    RawBrowser current = socket;
    if (current != null) {
      current.reset();
    }
  }

  private void read(URI uri) {
    try (RawBrowser connected = RawBrowser.connect(uri)) {
      socket = connected;
      if (!connected.statusLine().startsWith("HTTP/1.1 101")) {
        fail(connected.responseHead().toString());
      }
      while (true) {
        RawFrame frame = connected.read();
        if (frame.opcode() == RawBrowser.TEXT) {
          judge(frame.text());
        } else if (frame.opcode() == RawBrowser.CLOSE) {
          fail("closed with " + frame.closeCode());
          return;
        } else if (frame.opcode() == RawBrowser.PING) {
          connected.send(RawBrowser.PONG, new byte[0]);
        } else {
          fail("a frame of kind " + frame.opcode());
        }
      }
    } catch (IOException e) {
      if (!closed) {
        fail(e + " after " + sequence);
      }
    }
  }

  private void judge(String frame) {
    Matcher gap = GAP.matcher(frame);
    if (gap.find()) {
      skip(frame, Long.parseLong(gap.group(1)), Long.parseLong(gap.group(2)));
      return;
    }
    Matcher matcher = SEQUENCE.matcher(frame);
    if (!matcher.find()) {
      fail(frame);
      return;
    }
    long found = Long.parseLong(matcher.group(1));
    boolean hello = frame.contains("\"resumed\":true");
    if (found != sequence + (hello ? 0 : 1)) {
      fail(frame + " after " + sequence);
    }
    sequence = found;
  }

  /** Only who has come to the present may be told that it was too slow. */
  private void skip(String frame, long from, long to) {
    if (from != sequence || from < present) {
      fail(frame + " after " + sequence);
    }
    sequence = to;
  }

  private void fail(String what) {
    if (wrong.isEmpty()) {
      wrong = what;
    }
  }
}
