package meower.command.database;

import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether an instance of a version runs that knows creations only: as the relay it would publish
 * what it does not understand. Such instances call their connections just {@code command-service};
 * this one adds what it stores.
 */
@Component
public final class OlderInstances {

  private static final long GOOD_FOR_NANOS = 1_000_000_000;

  private final JdbcClient jdbc;
  private final LongSupplier nanoTime;
  private volatile long noneUntil;

  @Autowired
  OlderInstances(JdbcClient jdbc) {
    this(jdbc, System::nanoTime);
  }

  OlderInstances(JdbcClient jdbc, LongSupplier nanoTime) {
    this.jdbc = jdbc;
    this.nanoTime = nanoTime;
    this.noneUntil = nanoTime.getAsLong();
  }

  /** Tells whether there is one; that there is none is believed for a second. */
  public boolean exist() {
    long now = nanoTime.getAsLong();
    if (now - noneUntil < 0) {
      return false;
    }
    boolean found =
        jdbc.sql(
                """
                select exists (
                  select from pg_stat_activity
                  where datname = current_database()
                    and (application_name = :old or application_name = :old || ' relay'))
                """)
            .param("old", "command-service")
            .query(Boolean.class)
            .single();
    if (!found) {
      noneUntil = now + GOOD_FOR_NANOS;
    }
    return found;
  }
}
