package meower.command.meow;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import meower.command.outbox.Outbox;
import meower.schema.MeowIdGenerator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** All meows, as the command side keeps them. */
@Component
class Meows {

  private final Clock clock;
  private final MeowIdGenerator ids;
  private final JdbcClient jdbc;
  private final IdempotencyKeys keys;
  private final Outbox outbox;

  Meows(Clock clock, MeowIdGenerator ids, JdbcClient jdbc, IdempotencyKeys keys, Outbox outbox) {
    this.clock = clock;
    this.ids = ids;
    this.jdbc = jdbc;
    this.keys = keys;
    this.outbox = outbox;
  }

  /**
   * Stores a meow, the event that announces it and the key of its sender: all or none.
   *
   * <p>When this returns that it was accepted, the meow is on disk and its event is sure to be
   * published.
   */
  @Transactional
  Posted post(PostMeow command) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Meow meow = new Meow(ids.next(), command.body(), now);
    return command.key().map(key -> postOnce(meow, key)).orElseGet(() -> accept(meow));
  }

  private Posted postOnce(Meow meow, IdempotencyKey key) {
    if (keys.take(key, meow.id(), meow.createdAt())) {
      return accept(meow);
    }
    return keys.find(key)
        .filter(first -> first.body().equals(meow.body()))
        .<Posted>map(Posted.Repeated::new)
        .orElseGet(Posted.KeyTaken::new);
  }

  private Posted accept(Meow meow) {
    insert(meow);
    outbox.add(meow.created());
    return new Posted.Accepted(meow);
  }

  private void insert(Meow meow) {
    jdbc.sql("insert into meow (id, body, created_at) values (:id, :body, :createdAt)")
        .param("id", meow.id().value())
        .param("body", meow.body().text())
        .param("createdAt", meow.createdAt().atOffset(ZoneOffset.UTC))
        .update();
  }
}
