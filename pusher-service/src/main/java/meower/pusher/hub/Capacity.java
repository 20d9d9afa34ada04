package meower.pusher.hub;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many browsers this process carries: as many as it is told, but no more than its heap has room
 * for. One too many is told to try again later; a heap that is full would end them all.
 */
final class Capacity {

  private static final Logger log = LoggerFactory.getLogger(Capacity.class);

  /** What the process itself needs. */
  private static final long BYTES_FOR_NOBODY = 32 * 1024 * 1024;

  /** In percent; the collector needs some of the heap to work with. */
  private static final long USABLE = 85;

  private Capacity() {}

  /**
   * Returns how many browsers may be connected, at least one.
   *
   * @param wanted as many as that, if there is room
   * @param meows what is kept for all of them together, in bytes
   * @param maxHeap what the heap may grow to, in bytes
   */
  static int browsers(int wanted, long meows, long maxHeap) {
    int browsers = Math.clamp(room(meows, maxHeap) / Places.BYTES_FOR_EACH, 1, wanted);
    if (browsers < wanted) {
      log.info("browsers={} wanted={} heap={}", browsers, wanted, maxHeap);
    }
    return browsers;
  }

  /** Returns what all browsers together may take of the heap, in bytes. */
  static long room(long meows, long maxHeap) {
    return Math.max(0, maxHeap / 100 * USABLE - BYTES_FOR_NOBODY - meows);
  }
}
