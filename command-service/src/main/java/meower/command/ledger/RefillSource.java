package meower.command.ledger;

import java.util.List;
import meower.command.event.StoredEvent;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the stream lacks, in the order in which it belongs there. What it tells is what is true now:
 * of a meow that was deleted since, only that.
 *
 * <p>Each method looks at a range only, so that ten million are read without holding them.
 */
public final class RefillSource {

  private final JdbcClient jdbc;

  public RefillSource(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Returns the epoch whose order counts: the newest complete one before this, 0 if none. */
  int predecessorOf(StreamLedger.Epoch epoch) {
    return jdbc.sql(
            """
            select coalesce(max(number), 0) from stream_epoch
            where complete and number < :number
            """)
        .param("number", epoch.number())
        .query(Integer.class)
        .single();
  }

  /** Returns the last sequence of an epoch, 0 if it has none. */
  long lastSequence(int epoch) {
    return jdbc.sql("select coalesce(max(sequence), 0) from publication where epoch = :epoch")
        .param("epoch", epoch)
        .query(Long.class)
        .single();
  }

  /** Returns the last place of any event, 0 if there is none. */
  long lastEvent() {
    return jdbc.sql("select coalesce(max(seq), 0) from meow_event").query(Long.class).single();
  }

  /** Returns the events of an epoch at the sequences in ({@code after}, {@code to}]. */
  List<StoredEvent> published(int epoch, long after, long to) {
    return jdbc.sql(
            """
            select %s
            from publication join meow_event as event on event.seq = publication.meow_seq
              %s
            where publication.epoch = :epoch
              and publication.sequence > :after and publication.sequence <= :to
            order by publication.sequence
            """
                .formatted(StoredEvent.COLUMNS, StoredEvent.WITH_DELETION))
        .param("epoch", epoch)
        .param("after", after)
        .param("to", to)
        .query((row, _) -> StoredEvent.of(row))
        .list();
  }

  /** Tells whether there is an event at each of the sequences in ({@code after}, {@code to}]. */
  boolean isWhole(int epoch, long after, long to) {
    return jdbc.sql(
            """
            select count(*) = :count
            from publication join meow_event as event on event.seq = publication.meow_seq
            where publication.epoch = :epoch
              and publication.sequence > :after and publication.sequence <= :to
            """)
        .param("count", to - after)
        .param("epoch", epoch)
        .param("after", after)
        .param("to", to)
        .query(Boolean.class)
        .single();
  }

  /** Returns those of {@link #published} that another epoch lacks. */
  List<StoredEvent> lacking(StreamLedger.Epoch lacking, int epoch, long after, long to) {
    return jdbc.sql(
            """
            select %s
            from publication join meow_event as event on event.seq = publication.meow_seq
              %s
            where publication.epoch = :epoch
              and publication.sequence > :after and publication.sequence <= :to
              and not exists (
                select from publication as present
                where present.epoch = :lacking and present.meow_seq = event.seq)
            order by publication.sequence
            """
                .formatted(StoredEvent.COLUMNS, StoredEvent.WITH_DELETION))
        .param("lacking", lacking.number())
        .param("epoch", epoch)
        .param("after", after)
        .param("to", to)
        .query((row, _) -> StoredEvent.of(row))
        .list();
  }

  /**
   * Returns events that no stream is known to have had and that do not wait in the outbox either,
   * at the places in ({@code after}, {@code to}].
   */
  List<StoredEvent> forgotten(StreamLedger.Epoch lacking, long after, long to) {
    return jdbc.sql(
            """
            select %s
            from meow_event as event
              %s
            where event.seq > :after and event.seq <= :to
              and not exists (
                select from publication as present
                where present.epoch = :lacking and present.meow_seq = event.seq)
              and not exists (select from outbox_event where outbox_event.event_seq = event.seq)
            order by event.seq
            """
                .formatted(StoredEvent.COLUMNS, StoredEvent.WITH_DELETION))
        .param("lacking", lacking.number())
        .param("after", after)
        .param("to", to)
        .query((row, _) -> StoredEvent.of(row))
        .list();
  }
}
