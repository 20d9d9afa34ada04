package meower.e2e.chaos;

import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;
import meower.e2e.chaos.fault.Strike;
import meower.e2e.chaos.history.Outages;

/**
 * What was broken, by the faults that struck; and before them by the start, which is none.
 *
 * @param ready when everything worked for the first time
 * @param recovery within which everything has to work again after the end of a fault
 */
record StrikeOutages(long ready, Duration recovery, List<Strike> strikes) implements Outages {

  private static final long CALM_AGAIN = Duration.ofSeconds(1).toNanos();

  StrikeOutages {
    strikes = List.copyOf(strikes);
  }

  /**
   * Whether something was broken, or recovering, at some time between two moments. A recovery that
   * takes too long is a violation of its own, and not another one for each request meanwhile.
   */
  @Override
  public boolean isBroken(long from, long to) {
    return touches(from, to, StrikeOutages::wellAgain);
  }

  /**
   * Likewise, and everything has as long as a recovery may take at most, and until nothing is
   * missing any more.
   */
  @Override
  public boolean isUnsettled(long from, long to) {
    return touches(from, to, this::settled);
  }

  private long settled(Strike strike) {
    long whole = strike.whole() + CALM_AGAIN;
    return Math.max(wellAgain(strike), Math.max(whole, strike.ended() + recovery.toNanos()));
  }

  private static long wellAgain(Strike strike) {
    return strike.recovered() + CALM_AGAIN;
  }

  private boolean touches(long from, long to, ToLongFunction<Strike> end) {
    return from - ready < 0
        || strikes.stream()
            .anyMatch(strike -> to >= strike.began() && from <= end.applyAsLong(strike));
  }
}
