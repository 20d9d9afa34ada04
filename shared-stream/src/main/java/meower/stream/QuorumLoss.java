package meower.stream;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Decides when a connection is to be given up because its server seems to be cut off from the
 * others: after a while, and then less and less often, as the whole cluster may be at fault.
 *
 * <p>Times are values of {@link System#nanoTime()}. Belongs to one thread.
 */
final class QuorumLoss {

  /** A change of the leader takes as long. */
  static final Duration BAD_FOR = Duration.ofSeconds(3);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(3);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private OptionalLong badSince = OptionalLong.empty();
  private OptionalLong givenUpAt = OptionalLong.empty();
  private Duration pause = FIRST_PAUSE;

  /** The server answers for its cluster. */
  void good() {
    badSince = OptionalLong.empty();
    givenUpAt = OptionalLong.empty();
    pause = FIRST_PAUSE;
  }

  /** The server does not; returns whether the connection is to be given up now. */
  boolean bad(long now) {
    if (badSince.isEmpty()) {
      badSince = OptionalLong.of(now);
    }
    if (now - badSince.getAsLong() < BAD_FOR.toNanos() || isPausing(now)) {
      return false;
    }
    givenUpAt = OptionalLong.of(now);
    return true;
  }

  private boolean isPausing(long now) {
    if (givenUpAt.isEmpty()) {
      return false;
    }
    if (now - givenUpAt.getAsLong() < pause.toNanos()) {
      return true;
    }
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    return false;
  }
}
