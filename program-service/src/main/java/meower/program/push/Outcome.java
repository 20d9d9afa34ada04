package meower.program.push;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import meower.program.outbound.CallFailedException;
import meower.program.outbound.PostAnswer;
import org.jspecify.annotations.Nullable;

/** What came of a call to a receiver. */
sealed interface Outcome {

  /** It took what it got. */
  record Accepted(int status) implements Outcome {}

  /** It does not want this message; another one perhaps. */
  record Refused(int status, String reason) implements Outcome {}

  /** It wants nothing any more. */
  record Gone() implements Outcome {}

  /**
   * It cannot take anything now, whatever it is.
   *
   * @param status if it has answered
   * @param retryAfter how long it wants to be left alone
   */
  record Down(@Nullable Integer status, String reason, Optional<Duration> retryAfter)
      implements Outcome {}

  /** Says what an answer means. A redirection is a refusal: nobody goes where it leads. */
  static Outcome of(PostAnswer answer, Instant now) {
    int status = answer.status();
    return switch (status) {
      case 410 -> new Gone();
      case 408, 425, 429 ->
          new Down(
              status,
              "answered " + status,
              answer.retryAfter().flatMap(header -> RetryAfter.of(header, now)));
      default ->
          status >= 200 && status < 300
              ? new Accepted(status)
              : new Refused(status, "answered " + status);
    };
  }

  /** Says what it means that there is none. */
  static Outcome of(CallFailedException failure) {
    return new Down(null, String.valueOf(failure.getMessage()), Optional.empty());
  }

  /** Returns the status, if there was an answer. */
  default @Nullable Integer answered() {
    return switch (this) {
      case Accepted(int status) -> status;
      case Refused(int status, _) -> status;
      case Gone() -> 410;
      case Down(Integer status, _, _) -> status;
    };
  }

  /** Returns why it did not take it, if so. */
  default @Nullable String error() {
    return switch (this) {
      case Accepted _ -> null;
      case Refused(_, String reason) -> reason;
      case Gone() -> "answered 410";
      case Down(_, String reason, _) -> reason;
    };
  }
}
