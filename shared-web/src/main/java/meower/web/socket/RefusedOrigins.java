package meower.web.socket;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator whose pages were refused, and which setting would let them in. Strangers
 * decide how many there are, so there is a line now and then with the newest one.
 */
final class RefusedOrigins {

  static final Duration PAUSE = Duration.ofMinutes(1);

  private static final Logger log = LoggerFactory.getLogger(RefusedOrigins.class);

  /** In characters; the longest names of hosts have some more, and are nobody's. */
  private static final int MOST = 200;

  private final String setting;
  private final LongSupplier nanoTime;
  private long nextLine;
  private long untold;

  /**
   * @param setting which would let them in
   * @param nanoTime a clock like {@link System#nanoTime()}
   */
  RefusedOrigins(String setting, LongSupplier nanoTime) {
    this.setting = setting;
    this.nanoTime = nanoTime;
    this.nextLine = nanoTime.getAsLong();
  }

  /** A page was refused. */
  synchronized void add(String origin) {
    long now = nanoTime.getAsLong();
    if (now - nextLine < 0) {
      untold++;
      return;
    }
    log.warn(
        "origin=\"{}\" state=refused setting={} untold={}", printable(origin), setting, untold);
    nextLine = now + PAUSE.toNanos();
    untold = 0;
  }

  /** An origin is of ASCII; anything else could play tricks with the operator's terminal. */
  private static String printable(String origin) {
    return origin
        .chars()
        .limit(MOST)
        .mapToObj(RefusedOrigins::printable)
        .collect(Collectors.joining());
  }

  private static String printable(int c) {
    return c < ' ' || c > '~' || c == '"' || c == '\\'
        ? "\\u%04x".formatted(c)
        : Character.toString(c);
  }
}
