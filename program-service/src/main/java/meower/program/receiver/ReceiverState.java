package meower.program.receiver;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How a receiver is doing, and what follows from that: when it is called again, and with how much
 * at once.
 *
 * @param since when this phase began
 * @param isVerified whether it has shown that it wants to be called
 * @param failingSince since when nothing was accepted, if the last calls failed
 * @param failures how many calls in a row found it down
 * @param refusals how many messages in a row it refused
 * @param inFlight how many calls at once it is trusted with
 * @param nextTryAt not called before
 * @param lastStatus of HTTP, if it has answered
 * @param lastError why the last call failed, in a few words
 */
public record ReceiverState(
    Phase phase,
    Instant since,
    boolean isVerified,
    @Nullable Instant failingSince,
    int failures,
    int refusals,
    int inFlight,
    Instant nextTryAt,
    @Nullable Integer lastStatus,
    @Nullable String lastError) {

  static final int REFUSALS_UNTIL_DOWN = 5;

  private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);
  private static final int GONE = 410;
  private static final int MOST_DOUBLINGS = 30;
  private static final int PERCENT = 100;
  private static final int SPREAD_PERCENT = 20;

  /**
   * How patient Meower is.
   *
   * @param firstProbe how long after it went down a receiver is tried again
   * @param longestProbe up to how long this wait doubles
   * @param giveUpAfter for how long it may fail before nobody calls it any more
   */
  public record ProbePlan(Duration firstProbe, Duration longestProbe, Duration giveUpAfter) {}

  /** Returns whether it may be called at this moment. */
  public boolean isDue(Instant now) {
    return phase != Phase.PAUSED && !now.isBefore(nextTryAt);
  }

  /**
   * It took what it got: it may have one more at once.
   *
   * @param most how many the definition allows
   */
  public ReceiverState accepted(int status, int most, Instant now) {
    boolean isNews = phase != Phase.OK;
    return new ReceiverState(
        Phase.OK,
        isNews ? now : since,
        true,
        null,
        0,
        0,
        Math.min(most, inFlight + 1),
        isNews ? now : nextTryAt,
        status,
        null);
  }

  /** It refused one message. Who refuses several in a row is taken for one that is down. */
  public ReceiverState refused(
      int status, String error, ProbePlan probes, Instant now, RandomGenerator random) {
    if (phase != Phase.OK || refusals + 1 >= REFUSALS_UNTIL_DOWN) {
      return down(status, error, Optional.empty(), probes, now, random);
    }
    return new ReceiverState(
        phase,
        since,
        isVerified,
        failingSince,
        failures,
        refusals + 1,
        inFlight,
        nextTryAt,
        status,
        error);
  }

  /**
   * It could not be reached, or asked to be left alone.
   *
   * @param status if it has answered
   * @param retryAfter how long it wants to be left alone; obeyed up to an hour
   */
  public ReceiverState down(
      @Nullable Integer status,
      String error,
      Optional<Duration> retryAfter,
      ProbePlan probes,
      Instant now,
      RandomGenerator random) {
    Instant began = failingSince == null ? now : failingSince;
    if (Duration.between(began, now).compareTo(probes.giveUpAfter()) >= 0) {
      return paused(status, error, began, now);
    }
    Phase next = phase == Phase.UNVERIFIED ? Phase.UNVERIFIED : Phase.FAILING;
    return new ReceiverState(
        next,
        next == phase ? since : now,
        isVerified,
        began,
        failures + 1,
        0,
        1,
        now.plus(pause(retryAfter, probes, random)),
        status,
        error);
  }

  /** It said that it wants nothing any more. */
  public ReceiverState gone(Instant now) {
    return paused(GONE, "answered 410", failingSince, now);
  }

  private ReceiverState paused(
      @Nullable Integer status, String error, @Nullable Instant began, Instant now) {
    return new ReceiverState(
        Phase.PAUSED, now, isVerified, began, failures + 1, 0, 1, nextTryAt, status, error);
  }

  private Duration pause(Optional<Duration> retryAfter, ProbePlan probes, RandomGenerator random) {
    long doubled = probes.firstProbe().toMillis() << Math.min(failures, MOST_DOUBLINGS);
    Duration usual =
        spread(Duration.ofMillis(Math.min(doubled, probes.longestProbe().toMillis())), random);
    Duration wanted = retryAfter.filter(Duration::isPositive).orElse(Duration.ZERO);
    Duration obeyed = wanted.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wanted;
    return obeyed.compareTo(usual) > 0 ? obeyed : usual;
  }

  /** Returns a duration that is a fifth longer or shorter at most. */
  public static Duration spread(Duration usual, RandomGenerator random) {
    long percent = random.nextLong(PERCENT - SPREAD_PERCENT, PERCENT + SPREAD_PERCENT + 1);
    return Duration.ofMillis(usual.toMillis() * percent / PERCENT);
  }
}
