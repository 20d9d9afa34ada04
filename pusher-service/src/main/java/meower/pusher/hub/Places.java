package meower.pusher.hub;

import java.util.Set;
import java.util.concurrent.Semaphore;
import meower.pusher.feed.Selection;
import org.jspecify.annotations.Nullable;

/**
 * The places for browsers. Each is charged the memory that it costs, whatever it follows, so that
 * those who cost the most fill the heap no more than all others do.
 */
final class Places {

  /**
   * Measured: 15 KB of objects for one that waits and came with few headers; those of a real
   * browser take some more.
   */
  static final int BYTES_FOR_EACH = 20 * 1024;

  /** For each topic that nobody else follows: its log, its entries in sets and maps, ... */
  private static final int BYTES_FOR_A_TOPIC = 600;

  /** ... and its name, which some of them hold in a form of their own. */
  private static final int BYTES_FOR_A_CHARACTER = 8;

  /** Of a search the words are held; what matches them is shared, and limited by itself. */
  private static final int BYTES_FOR_A_SEARCH = 4 * 1024;

  private static final int KB = 1024;

  private final Semaphore browsers;
  private final Semaphore kilobytes;

  /**
   * @param browsers how many there are at most
   * @param bytes what they may cost together
   */
  Places(int browsers, long bytes) {
    this.browsers = new Semaphore(browsers);
    this.kilobytes =
        new Semaphore(
            Math.clamp(bytes / KB, kilobytesFor(Selection.EVERYTHING), Integer.MAX_VALUE));
  }

  /** Returns a place for a browser with this selection, or nothing when there is none. */
  @Nullable Place take(Selection selection) {
    int needed = kilobytesFor(selection);
    if (!browsers.tryAcquire()) {
      return null;
    }
    if (!kilobytes.tryAcquire(needed)) {
      browsers.release();
      return null;
    }
    return new Place(needed);
  }

  /** The place of one browser. Safe for use by several threads. */
  final class Place {

    private int held;
    private boolean left;

    private Place(int held) {
      this.held = held;
    }

    /** Tells whether there is room for it with another selection; then it is charged that one. */
    synchronized boolean fits(Selection selection) {
      int needed = kilobytesFor(selection);
      if (left || (needed > held && !kilobytes.tryAcquire(needed - held))) {
        return false;
      }
      if (needed < held) {
        kilobytes.release(held - needed);
      }
      held = needed;
      return true;
    }

    /** Gives it back; once is enough. */
    synchronized void leave() {
      if (!left) {
        left = true;
        kilobytes.release(held);
        browsers.release();
      }
    }
  }

  private static int kilobytesFor(Selection selection) {
    return (BYTES_FOR_EACH + bytesFor(selection) + KB - 1) / KB;
  }

  private static int bytesFor(Selection selection) {
    return switch (selection) {
      case Selection.Topics(Set<String> names) ->
          names.stream()
              .mapToInt(name -> BYTES_FOR_A_TOPIC + BYTES_FOR_A_CHARACTER * name.length())
              .sum();
      case Selection.Search _ -> BYTES_FOR_A_SEARCH;
    };
  }
}
