package meower.command.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts who guesses secrets: ten wrong ones a minute and address, then they have to wait. */
final class FailedAttempts {

  static final Duration WINDOW = Duration.ofMinutes(1);
  static final int MOST = 10;

  private static final int ADDRESSES = 100_000;

  private final Cache<String, AtomicInteger> failed;

  FailedAttempts(Ticker ticker) {
    failed =
        Caffeine.newBuilder()
            .expireAfterWrite(WINDOW)
            .maximumSize(ADDRESSES)
            .ticker(ticker)
            .build();
  }

  /** Tells whether the address has to wait until its minute is over. */
  boolean areTooMany(String address) {
    AtomicInteger count = failed.getIfPresent(address);
    return count != null && count.get() >= MOST;
  }

  /** It showed a wrong secret; the minute is that of its first one. */
  void add(String address) {
    failed.get(address, _ -> new AtomicInteger()).incrementAndGet();
  }
}
