package meower.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.SQLExceptionOverride.Override;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionSystemException;

class ConnectionFailuresTests {

  @ParameterizedTest
  @CsvSource({
    "08006, true", // the connection broke
    "08001, true", // nobody listens
    "57P01, true", // the server is being stopped
    "57P02, true", // it has crashed
    "57P03, true", // it is starting
    "25006, true", // it is a standby
    "57014, false", // the statement was cancelled
    "23505, false", // there is such a row
    "01000, false", // a warning
    "53100, false" // its disk is full
  })
  void areWhatAnotherConnectionMayMend(String state, boolean expected) {
    assertThat(ConnectionFailures.includes(wrapped(new SQLException("refused", state))))
        .isEqualTo(expected);
  }

  @Test
  void includeThatThePoolHasNoConnectionToGive() {
    assertThat(ConnectionFailures.includes(wrapped(new SQLTransientConnectionException("none"))))
        .isTrue();
  }

  /** The pool has closed the connection on which the statement failed. */
  @Test
  void includeThatNothingCouldBeTakenBackEither() {
    TransactionSystemException rollback =
        new TransactionSystemException("rollback failed", new SQLException("why", "XX000"));
    assertThat(ConnectionFailures.includes(rollback)).isFalse();
    rollback.initApplicationException(wrapped(new SQLException("broke", "08006")));
    assertThat(ConnectionFailures.includes(rollback)).isTrue();
  }

  /** It was the commit that failed, and Spring does not say so. */
  @Test
  void includeThatTheRollbackOfACommitFailed() {
    assertThat(
            ConnectionFailures.includes(
                new TransactionSystemException(
                    "rollback failed", new SQLException("Connection is closed"))))
        .isTrue();
  }

  @Test
  void doNotIncludeWhatIsNoneOfTheDatabases() {
    assertThat(ConnectionFailures.includes(new IllegalStateException())).isFalse();
    assertThat(ConnectionFailures.includes(wrapped(new SQLException("no state")))).isFalse();
  }

  @Test
  void takeAConnectionToAStandbyOutOfThePool() {
    ConnectionFailures failures = new ConnectionFailures();

    assertThat(failures.adjudicate(new SQLException("read-only", "25006")))
        .isEqualTo(Override.MUST_EVICT);
    assertThat(failures.adjudicate(new SQLException("unique", "23505")))
        .isEqualTo(Override.CONTINUE_EVICT);
  }

  private static Exception wrapped(SQLException cause) {
    return new DataAccessResourceFailureException("wrapped", cause);
  }
}
