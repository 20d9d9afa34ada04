package meower.web.log;

import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * For lines that somebody can cause again and again: at most {@value #MOST} in a minute, so that
 * nobody washes away what was logged before. It says how many it has left out.
 */
public final class SeldomLog {

  private static final int MOST = 20;
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final Logger log;
  private final LongSupplier nanoTime;
  private long minute;
  private int written;
  private long leftOut;

  public SeldomLog(Logger log) {
    this(log, System::nanoTime);
  }

  SeldomLog(Logger log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
    this.minute = nanoTime.getAsLong();
  }

  /** Something failed that should not have. */
  public void error(String line, Throwable cause) {
    if (mayWrite()) {
      log.error(line, cause);
    }
  }

  /** Something is not as it should be. */
  public void warn(String line) {
    if (mayWrite()) {
      log.warn(line);
    }
  }

  private synchronized boolean mayWrite() {
    long now = nanoTime.getAsLong();
    if (now - minute >= MINUTE_NANOS) {
      if (leftOut > 0) {
        log.warn("log=seldom left-out={}", leftOut);
      }
      minute = now;
      written = 0;
      leftOut = 0;
    }
    if (written < MOST) {
      written++;
      return true;
    }
    leftOut++;
    return false;
  }
}
