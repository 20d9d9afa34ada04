package meower.command.database;

import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether instances of versions before run beside this one. They are told by the names of their
 * connections: each version that stores something new adds that to its own.
 */
@Component
public final class OlderInstances {

  private static final long GOOD_FOR_NANOS = 1_000_000_000;

  private final Question creationsOnly;
  private final Question clearKeysOnly;
  private final Question unsigned;

  @Autowired
  public OlderInstances(JdbcClient jdbc) {
    this(jdbc, System::nanoTime);
  }

  OlderInstances(JdbcClient jdbc, LongSupplier nanoTime) {
    this.creationsOnly =
        new Question(jdbc, nanoTime, "name in ('command-service', 'command-service relay')");
    this.clearKeysOnly = new Question(jdbc, nanoTime, without("events keys"));
    this.unsigned = new Question(jdbc, nanoTime, without("events keys signed"));
  }

  /** Whether there is one that would publish, as the relay, what it does not understand. */
  public boolean knowCreationsOnly() {
    return creationsOnly.isTrue();
  }

  /** Whether there is one that stores the keys of posts as they come, and finds no hashes. */
  public boolean knowClearKeysOnly() {
    return clearKeysOnly.isTrue();
  }

  /** Whether there is one that would publish, as the relay, what is not signed. */
  public boolean doNotSign() {
    return unsigned.isTrue();
  }

  private static String without(String abilities) {
    return "(name = 'command-service' or starts_with(name, 'command-service '))"
        + " and not starts_with(name, 'command-service %s')".formatted(abilities);
  }

  /** That there is none is believed for a second. */
  private static final class Question {

    private final JdbcClient jdbc;
    private final LongSupplier nanoTime;
    private final String condition;
    private volatile long noneUntil;

    Question(JdbcClient jdbc, LongSupplier nanoTime, String condition) {
      this.jdbc = jdbc;
      this.nanoTime = nanoTime;
      this.condition = condition;
      this.noneUntil = nanoTime.getAsLong();
    }

    boolean isTrue() {
      long now = nanoTime.getAsLong();
      if (now - noneUntil < 0) {
        return false;
      }
      boolean found =
          jdbc.sql(
                  """
                  select exists (
                    select from (
                      select application_name as name from pg_stat_activity
                      where datname = current_database()) as connection
                    where %s)
                  """
                      .formatted(condition))
              .query(Boolean.class)
              .single();
      if (!found) {
        noneUntil = now + GOOD_FOR_NANOS;
      }
      return found;
    }
  }
}
