package meower.program.queue;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** How often each program may call this instance: so many times a second, or at once. */
@Component
class CallRate {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final int MOST_KNOWN = 10_000;

  /**
   * @param left calls that may come at once
   * @param at when that was so
   */
  private record Account(double left, long at) {}

  private final double perSecond;
  private final LongSupplier nanoTime;
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();

  @Autowired
  CallRate(QueueProperties properties) {
    this(properties.callsPerSecond(), System::nanoTime);
  }

  CallRate(int perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
  }

  /** Counts a call; returns whether it may go on. */
  boolean allows(String program) {
    if (accounts.size() > MOST_KNOWN) {
      accounts.clear();
    }
    long now = nanoTime.getAsLong();
    Account account =
        accounts.compute(
            program,
            (_, known) -> known == null ? new Account(perSecond - 1, now) : without(known, now));
    return account.left() >= 0;
  }

  private Account without(Account known, long now) {
    double earned = Math.max(0, now - known.at()) * perSecond / NANOS_PER_SECOND;
    // Who goes on calling after the refusal does not have to wait for longer.
    double left = Math.max(-1, Math.min(perSecond, Math.max(0, known.left()) + earned) - 1);
    return new Account(left, now);
  }
}
