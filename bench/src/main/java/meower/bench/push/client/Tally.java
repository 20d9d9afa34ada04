package meower.bench.push.client;

import org.HdrHistogram.Histogram;

/** What the browsers got. Belongs to the thread that reads. */
public final class Tally {

  /** The others are counted and checked, and not timed. */
  private static final int TIMED = 16;

  private static final long LONGEST_MICROS = 60_000_000;

  private final Histogram micros = new Histogram(LONGEST_MICROS, 3);
  private long deliveries;
  private long wrong;
  private String firstWrong = "";

  /** A browser has got the meow of this number; the one before was another. */
  void got(long before, byte[] bytes, int frame) {
    long number = Text.number(bytes, frame);
    deliveries++;
    if (number != before + 1) {
      wrong++;
      if (firstWrong.isEmpty()) {
        firstWrong = "meow " + number + " after " + before;
      }
    }
    if (number % TIMED == 0) {
      long late = System.nanoTime() - Text.nanos(bytes, frame);
      micros.recordValue(Math.clamp(late / 1_000, 0, LONGEST_MICROS));
    }
  }

  public long deliveries() {
    return deliveries;
  }

  /** Returns how often a meow was lost, doubled or in the wrong order. */
  public long wrong() {
    return wrong;
  }

  public String firstWrong() {
    return firstWrong;
  }

  public Histogram micros() {
    return micros;
  }
}
