package meower.command.meow;

import java.time.Duration;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;

/** The answer to a post that cannot be stored now. */
public final class Unavailable {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private Unavailable() {}

  /** Says so without a cause: somebody else is to do something first. */
  public static ProblemException forNow() {
    return because(null);
  }

  public static ProblemException because(@Nullable Throwable cause) {
    return ProblemException.unavailable(
        "Meows cannot be stored at the moment: keep your text and try again in a few seconds.",
        cause,
        RETRY_AFTER);
  }
}
