package meower.program.lease;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is done with a message that somebody has a lease on. */
sealed interface Action {

  /** It is done: gone for good. */
  record Acknowledge() implements Action {}

  /** Somebody else is to get it, or the same one later: back behind what waits. */
  record Requeue(Duration delay) implements Action {}

  /** Nobody is to get it again: to the dead letters. */
  record Reject(@Nullable String reason) implements Action {}

  /** Who was to get it refused it for the last time: to the dead letters. */
  record Refuse(String reason) implements Action {}

  /** It takes longer. */
  record Extend(Duration lease) implements Action {}

  /** Returns the letter that the statement knows it by. */
  default String letter() {
    return switch (this) {
      case Acknowledge() -> "a";
      case Requeue _ -> "q";
      case Reject _ -> "r";
      case Refuse _ -> "f";
      case Extend _ -> "x";
    };
  }

  /** Returns the delay or the lease, in milliseconds. */
  default long millis() {
    return switch (this) {
      case Acknowledge() -> 0;
      case Requeue(Duration delay) -> delay.toMillis();
      case Reject _ -> 0;
      case Refuse _ -> 0;
      case Extend(Duration lease) -> lease.toMillis();
    };
  }

  /** Returns why nobody is to get it again. */
  default @Nullable String reason() {
    return switch (this) {
      case Reject(String reason) -> reason;
      case Refuse(String reason) -> reason;
      case Acknowledge(), Requeue _, Extend _ -> null;
    };
  }
}
