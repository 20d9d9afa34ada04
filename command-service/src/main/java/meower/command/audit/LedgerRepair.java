package meower.command.audit;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import meower.command.outbox.RelayWakeup;
import meower.database.SchemaMigration;
import meower.nats.Lookup;
import meower.nats.NatsLink;
import meower.nats.NotFound;
import meower.nats.RequestRefusedException;
import meower.schema.MeowStream;
import meower.schema.audit.AuditRequests;
import meower.schema.audit.LedgerMending;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Mends what an audit has found: Postgres is right.
 *
 * <p>Whether the finding is still true is decided here, in the statement that mends it. The stream
 * is mended by the relay, which notices that a message is gone and makes it anew.
 */
final class LedgerRepair {

  private static final Logger log = LoggerFactory.getLogger(LedgerRepair.class);

  /** In front of everything that waits: these events are older. */
  private static final long FRONT = Long.MIN_VALUE / 2;

  private final JdbcClient jdbc;
  private final SchemaMigration schema;
  private final NatsLink link;
  private final RelayWakeup relay;

  LedgerRepair(JdbcClient jdbc, SchemaMigration schema, NatsLink link, RelayWakeup relay) {
    this.jdbc = jdbc;
    this.schema = schema;
    this.link = link;
    this.relay = relay;
  }

  LedgerMending.Result mend(LedgerMending mending)
      throws RequestRefusedException, IOException, JetStreamApiException {
    require(mending);
    int put = putIntoOutbox(mending);
    int taken = takeOutOfOutbox(mending);
    int foreign = eraseForeign(mending);
    boolean anew = deleteMessages(mending);
    log.info(
        "audit state=mended outbox-put={} outbox-taken={} messages={} foreign={}",
        put,
        taken,
        mending.messages().size(),
        foreign);
    if (put > 0 || foreign > 0) {
      relay.wake();
    }
    return new LedgerMending.Result(anew, foreign);
  }

  private void require(LedgerMending mending) throws RequestRefusedException {
    int named = mending.lost().size() + mending.waiting().size() + mending.messages().size();
    named += mending.foreign().size();
    if (named > AuditRequests.MOST_NAMED) {
      throw new RequestRefusedException(
          "Name at most " + AuditRequests.MOST_NAMED + " events and messages.");
    }
    if (!schema.isDone()) {
      throw new RequestRefusedException("The schema is being migrated: try again.");
    }
    if (mending.epoch() != new LedgerReader(jdbc).epoch().number()) {
      throw new RequestRefusedException("The stream was made anew meanwhile. Audit again.");
    }
  }

  private int putIntoOutbox(LedgerMending mending) {
    return ofEpoch(
            """
            insert into outbox (seq, event_seq)
            overriding system value
            select :front + event.seq, event.seq from meow_event as event
            where event.seq = any(:events)
              and not exists (
                select from publication
                where publication.epoch = :epoch and publication.meow_seq = event.seq)
              and not exists (select from outbox_event where outbox_event.event_seq = event.seq)
            """,
            mending,
            mending.lost())
        .param("front", FRONT)
        .update();
  }

  /** Leaves one where the event is not published yet. */
  private int takeOutOfOutbox(LedgerMending mending) {
    return ofEpoch(
            """
            delete from outbox using outbox_event as waiting
            where waiting.seq = outbox.seq and waiting.event_seq = any(:events)
              and (exists (
                  select from publication
                  where publication.epoch = :epoch and publication.meow_seq = waiting.event_seq)
                or exists (
                  select from outbox_event as earlier
                  where earlier.event_seq = waiting.event_seq and earlier.seq < waiting.seq))
            """,
            mending,
            mending.waiting())
        .update();
  }

  /**
   * Has the relay erase what is no event of Postgres: nobody has been told of it, so nothing moves
   * when it is gone.
   *
   * @return how many of those that are named foreign are gone, or about to go
   */
  private int eraseForeign(LedgerMending mending) {
    List<Long> named = new ArrayList<>(mending.messages());
    named.addAll(mending.foreign());
    ofEpoch(
            """
            update publication set erasure = 1
            where epoch = :epoch and sequence = any(:events)
              and meow_seq is null and erasure in (0, 3)
            """,
            mending,
            named)
        .update();
    return ofEpoch(
            """
            select count(*) from publication
            where epoch = :epoch and sequence = any(:events)
              and meow_seq is null and erasure in (1, 2)
            """,
            mending,
            mending.foreign())
        .query(Integer.class)
        .single();
  }

  /**
   * Returns whether one of them was to be there, as far as the ledger knows, or was never known:
   * the relay takes that for a loss. What is to be erased anyway is not missed.
   */
  private boolean deleteMessages(LedgerMending mending) throws IOException, JetStreamApiException {
    if (mending.messages().isEmpty()) {
      return false;
    }
    List<Long> erased =
        ofEpoch(
                """
                select sequence from publication
                where epoch = :epoch and sequence = any(:events) and erasure in (1, 2)
                """,
                mending,
                mending.messages())
            .query((row, _) -> row.getLong("sequence"))
            .list();
    JetStreamManagement management = link.connection().jetStreamManagement();
    for (long sequence : mending.messages()) {
      delete(management, sequence);
    }
    return !erased.containsAll(mending.messages());
  }

  /** What is gone already is as good. */
  private static void delete(JetStreamManagement management, long sequence)
      throws IOException, JetStreamApiException {
    if (Lookup.find(() -> management.getMessage(MeowStream.NAME, sequence), NotFound.MESSAGE)
        .isPresent()) {
      management.deleteMessage(MeowStream.NAME, sequence);
    }
  }

  private JdbcClient.StatementSpec ofEpoch(String sql, LedgerMending mending, List<Long> events) {
    return jdbc.sql(sql)
        .param("epoch", mending.epoch())
        .param("events", events.toArray(Long[]::new));
  }
}
