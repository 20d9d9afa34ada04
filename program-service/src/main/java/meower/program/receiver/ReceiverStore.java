package meower.program.receiver;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import meower.database.StrictJdbc;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of receivers. */
@Component
public class ReceiverStore {

  private final JdbcClient jdbc;

  ReceiverStore(DataSource database) {
    this.jdbc = StrictJdbc.on(database);
  }

  /** Returns the receiver of a queue, if it is pushed. */
  public Optional<Receiver> find(long queue) {
    return jdbc.sql("select * from push where queue = :queue")
        .param("queue", queue)
        .query((row, _) -> Receiver.of(row))
        .optional();
  }

  /**
   * Makes an instance the owner of all receivers that have none, and keeps it the owner of its own.
   *
   * @param duration for how long nobody else becomes their owner
   * @return all that it owns
   */
  public List<Receiver> claim(UUID instance, Duration duration) {
    jdbc.sql(
            """
            with free as materialized (
              select queue from push
              where owned_until <= now()
                or (owner = :me::uuid
                  and owned_until <= now() + :millis * interval '1 millisecond' / 2)
              order by queue for update skip locked
            )
            update push
            set owner = :me::uuid, owned_until = now() + :millis * interval '1 millisecond'
            from free where push.queue = free.queue
            """)
        .param("me", instance.toString())
        .param("millis", duration.toMillis())
        .update();
    return jdbc.sql(
            "select * from push where owner = :me::uuid and owned_until > now() order by queue")
        .param("me", instance.toString())
        .query((row, _) -> Receiver.of(row))
        .list();
  }

  /** Lets others be the owner of what this instance owns. */
  public void release(UUID instance) {
    jdbc.sql("update push set owner = null, owned_until = now() where owner = :me::uuid")
        .param("me", instance.toString())
        .update();
  }

  /** Writes down how a receiver is doing, unless it is another instance's or was changed since. */
  public void write(UUID owner, Receiver receiver) {
    ReceiverState state = receiver.state();
    jdbc.sql(
            """
            update push
            set state = :state, since = :since::timestamptz,
              verified = :verified,
              failing_since = :failingSince::timestamptz, failures = :failures,
              refusals = :refusals, in_flight = :inFlight,
              next_try_at = :nextTryAt::timestamptz, last_status = :lastStatus::int,
              last_error = :lastError::text
            where queue = :queue and owner = :owner::uuid and revision = :revision
            """)
        .param("state", state.phase().label())
        .param("since", state.since().toString())
        .param("verified", state.isVerified())
        .param("failingSince", text(state.failingSince()))
        .param("failures", state.failures())
        .param("refusals", state.refusals())
        .param("inFlight", state.inFlight())
        .param("nextTryAt", state.nextTryAt().toString())
        .param("lastStatus", state.lastStatus())
        .param("lastError", state.lastError())
        .param("queue", receiver.queue())
        .param("owner", owner.toString())
        .param("revision", receiver.revision())
        .update();
  }

  /**
   * Has a receiver called again at once, whatever it did; the challenge comes first where it was
   * not answered yet.
   *
   * @return the receiver, if the queue is pushed
   */
  public Optional<Receiver> resume(long queue) {
    return jdbc.sql(
            """
            update push
            set state = case when verified then 'ok' else 'unverified' end,
              since = case when state = 'ok' then since else now() end,
              failing_since = null, failures = 0, refusals = 0, in_flight = 1,
              next_try_at = now(), revision = revision + 1
            where queue = :queue
            returning *
            """)
        .param("queue", queue)
        .query((row, _) -> Receiver.of(row))
        .optional();
  }

  /**
   * Notes that the receiver has answered the challenge, if it is still the same one.
   *
   * @param status with which it did
   */
  public void verified(Receiver receiver, int status) {
    jdbc.sql(
            """
            update push
            set state = 'ok', since = now(), verified = true, failing_since = null, failures = 0,
              refusals = 0, in_flight = 1, next_try_at = now(), last_status = :status,
              last_error = null, revision = revision + 1
            where queue = :queue and url = :url and state = 'unverified'
            """)
        .param("status", status)
        .param("queue", receiver.queue())
        .param("url", receiver.url())
        .update();
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
