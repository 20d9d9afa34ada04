package meower.command.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import meower.command.ledger.OutboxMessage;
import meower.command.ledger.StreamKeeper;
import meower.command.ledger.StreamLedger;
import meower.database.SchemaMigration;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what is in the outbox to the stream: in order, until the stream has acknowledged it.
 *
 * <p>Of all instances of the service one relays at a time. Delivery is at least once: a relay that
 * dies between the acknowledgement and the mark leaves messages that the stream has already. Its
 * successor compares stream and ledger first, so they are not published again, whenever it comes;
 * {@code Nats-Msg-Id} is the second line of defence.
 */
final class OutboxRelay implements BackgroundWork {

  private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final DataSource dataSource;
  private final SchemaMigration schema;
  private final RelayWakeup wakeup;
  private final Function<RelaySession, StreamKeeper> keepers;
  private final Counter published;
  private final BackgroundLoop loop = new BackgroundLoop("relay", Backoff.DEFAULT, this::step);
  private @Nullable RelaySession session;
  private @Nullable StreamKeeper keeper;
  private RelayWakeup.@Nullable Listening listening;

  OutboxRelay(
      DataSource dataSource,
      SchemaMigration schema,
      RelayWakeup wakeup,
      Function<RelaySession, StreamKeeper> keepers,
      MeterRegistry metrics) {
    this.dataSource = dataSource;
    this.schema = schema;
    this.wakeup = wakeup;
    this.keepers = keepers;
    this.published =
        Counter.builder("meower.outbox.published")
            .description("Messages that the stream has acknowledged and the outbox has let go")
            .register(metrics);
  }

  @Override
  public BackgroundLoop loop() {
    return loop;
  }

  private void step() throws Exception {
    try {
      if (session == null && !lead()) {
        return;
      }
      relayOrWait(session, keeper);
    } catch (Exception e) {
      resign();
      throw e;
    }
  }

  private boolean lead() throws Exception {
    if (!schema.await(LOOK)) {
      return false;
    }
    RelaySession candidate = RelaySession.open(dataSource);
    session = candidate;
    if (!candidate.lead()) {
      resign();
      Thread.sleep(LOOK);
      return false;
    }
    candidate.forgetCopies();
    StreamKeeper begun = keepers.apply(candidate);
    begun.begin();
    keeper = begun;
    listening = wakeup.listen();
    log.info("relay=leading");
    return true;
  }

  private void relayOrWait(@Nullable RelaySession leading, @Nullable StreamKeeper stream)
      throws Exception {
    if (leading == null || stream == null) {
      return;
    }
    stream.check();
    List<OutboxMessage> batch = leading.oldest(StreamLedger.BATCH);
    if (!batch.isEmpty()) {
      stream.publish(batch);
      published.increment(batch.size());
    }
    if (!stream.erase() && batch.isEmpty()) {
      wakeup.await(LOOK);
    }
  }

  private void resign() {
    keeper = null;
    if (listening != null) {
      listening.close();
      listening = null;
    }
    if (session != null) {
      close(session);
      session = null;
    }
  }

  private static void close(RelaySession session) {
    try {
      session.close();
    } catch (SQLException e) {
      log.debug("relay=not-closed", e);
    }
  }
}
