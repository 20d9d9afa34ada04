package meower.e2e.chaos.checker;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One text that the run posts, with what is known of it. Safe for use by several threads. */
public final class Post {

  static final long NEVER = Long.MAX_VALUE;

  private final int number;
  private final String body;
  private final @Nullable String key;
  private long sentAt = NEVER;
  private long acknowledgedAt = NEVER;
  private @Nullable SeenMeow meow;

  Post(int number, String body, @Nullable String key) {
    this.number = number;
    this.body = body;
    this.key = key;
  }

  public int number() {
    return number;
  }

  public String body() {
    return body;
  }

  public Optional<String> key() {
    return Optional.ofNullable(key);
  }

  /** To be told before every attempt; the first one counts. */
  public synchronized void sending() {
    if (sentAt == NEVER) {
      sentAt = System.nanoTime();
    }
  }

  public synchronized long sentAt() {
    return sentAt;
  }

  /** When its first 201 was here; {@link Long#MAX_VALUE} while there is none. */
  public synchronized long acknowledgedAt() {
    return acknowledgedAt;
  }

  public synchronized boolean isAcknowledged() {
    return acknowledgedAt != NEVER;
  }

  /** The id and the rest that it was first seen with. */
  public synchronized Optional<SeenMeow> meow() {
    return Optional.ofNullable(meow);
  }

  synchronized void acknowledge(long at) {
    acknowledgedAt = Math.min(acknowledgedAt, at);
  }

  /** Keeps what it is seen as the first time, and returns that ever after. */
  synchronized SeenMeow identify(SeenMeow seen) {
    var known = meow;
    if (known == null) {
      meow = seen;
      return seen;
    }
    return known;
  }

  @Override
  public String toString() {
    return "meow " + number + meow().map(m -> " (" + m.id() + ")").orElse("");
  }
}
