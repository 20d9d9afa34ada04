package meower.program.request;

import java.time.Duration;
import java.util.function.Supplier;
import meower.database.ConnectionFailures;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** The answer when Postgres does not give one. */
public final class Postgres {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private Postgres() {}

  /**
   * Asks Postgres.
   *
   * @throws ProblemException 503 if it does not answer in time
   */
  public static <T> T ask(Supplier<T> question) {
    try {
      return question.get();
    } catch (DataAccessException | TransactionException e) {
      throw isAway(e) ? unavailable(e) : e;
    }
  }

  /** Whether the same question can be answered later. */
  public static boolean isAway(Throwable failure) {
    return failure instanceof TransientDataAccessException
        || failure instanceof RecoverableDataAccessException
        || failure instanceof NonTransientDataAccessResourceException
        || ConnectionFailures.includes(failure);
  }

  /** The answer to a call that can be answered later. */
  public static ProblemException unavailable(@Nullable Throwable cause) {
    return ProblemException.unavailable(
        "Postgres cannot be reached at the moment, and whether this call was carried out is not"
            + " certain. Repeat it in a few seconds, with the same Idempotency-Key if it had one.",
        cause,
        RETRY_AFTER);
  }
}
