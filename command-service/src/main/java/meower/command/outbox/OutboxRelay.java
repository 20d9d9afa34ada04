package meower.command.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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

  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

  private final DataSource dataSource;
  private final SchemaMigration schema;
  private final RelayWakeup wakeup;
  private final Function<RelaySession, StreamKeeper> keepers;
  private final Counter published;
  private final BackgroundLoop loop = new BackgroundLoop("relay", Backoff.DEFAULT, this::step);
  private @Nullable Leadership leadership;

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
    if (leadership == null) {
      leadership = lead();
    }
    Leadership leading = leadership;
    if (leading == null) {
      return;
    }
    try {
      relayOrWait(leading);
    } catch (Exception e) {
      leadership = null;
      leading.close();
      throw e;
    }
  }

  /** Returns nothing, a moment later, as long as another instance leads. */
  private @Nullable Leadership lead() throws Exception {
    if (!schema.await(POLL_INTERVAL)) {
      return null;
    }
    RelaySession session = RelaySession.open(dataSource);
    try {
      if (session.lead()) {
        return begin(session);
      }
    } catch (Exception e) {
      Leadership.end(session);
      throw e;
    }
    Leadership.end(session);
    Thread.sleep(POLL_INTERVAL);
    return null;
  }

  private Leadership begin(RelaySession session) throws Exception {
    session.forgetCopies();
    StreamKeeper stream = keepers.apply(session);
    stream.begin();
    Leadership begun = new Leadership(session, stream, wakeup.listen());
    log.info("relay=leading");
    return begun;
  }

  private void relayOrWait(Leadership leading) throws Exception {
    StreamKeeper stream = leading.stream();
    stream.check();
    List<OutboxMessage> batch = leading.session().oldest(StreamLedger.BATCH);
    if (!batch.isEmpty()) {
      stream.publish(batch);
      published.increment(batch.size());
    }
    if (!stream.erase() && batch.isEmpty()) {
      wakeup.await(POLL_INTERVAL);
    }
  }
}
