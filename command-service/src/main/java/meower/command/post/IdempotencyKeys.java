package meower.command.post;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;
import meower.command.event.StoredEvent;
import meower.database.StrictJdbc;
import meower.schema.MeowEvent;
import meower.web.IdempotencyKey;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The keys that still count, each with the meow that was posted under it. */
@Component
class IdempotencyKeys {

  private final JdbcClient jdbc;

  IdempotencyKeys(DataSource database) {
    this.jdbc = StrictJdbc.on(database);
  }

  /**
   * Returns the creation of the meow that was posted under the key, or its deletion.
   *
   * <p>The lock makes this a transaction that is committed after the one that stored the meow:
   * where commits wait for a standby, a repeated post waits, too, also when the first one gave up
   * waiting.
   */
  Optional<MeowEvent> find(PostKey key) {
    return jdbc.sql(
            """
            select %s
            from idempotency_key
              join meow_event as event on event.id = idempotency_key.meow_id and event.revision = 1
              %s
            where idempotency_key.key in (:name, :former)
            order by idempotency_key.created_at desc
            limit 1
            for no key update of idempotency_key
            """
                .formatted(StoredEvent.COLUMNS, StoredEvent.WITH_DELETION))
        .param("name", key.name())
        .param("former", key.former(), Types.VARCHAR)
        .query((row, _) -> StoredEvent.of(row).event())
        .optional();
  }

  /**
   * Deletes keys that do not count any more.
   *
   * @param limit of keys, so that the statement stays short
   * @return how many
   */
  int forget(Instant now, int limit) {
    return jdbc.sql(
            """
            delete from idempotency_key
            where key in (
              select key from idempotency_key
              where created_at <= :expired
                or (created_at <= :proxyExpired and starts_with(key, :proxyPrefix))
              limit :limit)
            """)
        .param("expired", utc(now.minus(IdempotencyKey.LIFETIME)))
        .param("proxyExpired", utc(now.minus(IdempotencyKey.PROXY_LIFETIME)))
        .param("proxyPrefix", IdempotencyKey.PROXY_PREFIX)
        .param("limit", limit)
        .update();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
