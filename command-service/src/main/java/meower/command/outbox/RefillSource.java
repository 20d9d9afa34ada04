package meower.command.outbox;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import meower.schema.MeowCreated;
import meower.schema.MeowEventJson;
import meower.schema.MeowId;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the stream lacks, made anew from the meows themselves, in the order in which it belongs
 * there.
 *
 * <p>Each method looks at a range only, so that ten million are read without holding them.
 */
final class RefillSource {

  private final JdbcClient jdbc;

  RefillSource(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Returns the life whose order counts: the newest complete one before this, 0 if none. */
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

  /** Returns the last sequence of a life, 0 if it has none. */
  long lastSequence(int epoch) {
    return jdbc.sql("select coalesce(max(sequence), 0) from publication where epoch = :epoch")
        .param("epoch", epoch)
        .query(Long.class)
        .single();
  }

  /** Returns the last place of any meow, 0 if there is none. */
  long lastMeow() {
    return jdbc.sql("select coalesce(max(seq), 0) from meow").query(Long.class).single();
  }

  /** Returns the meows of a life at the sequences in ({@code after}, {@code to}]. */
  List<StreamMessage> published(int epoch, long after, long to) {
    return jdbc.sql(
            """
            select meow.seq, meow.id, meow.body, meow.created_at
            from publication join meow on meow.seq = publication.meow_seq
            where publication.epoch = :epoch
              and publication.sequence > :after and publication.sequence <= :to
            order by publication.sequence
            """)
        .param("epoch", epoch)
        .param("after", after)
        .param("to", to)
        .query(RefillSource::message)
        .list();
  }

  /** Tells whether there is a meow at each of the sequences in ({@code after}, {@code to}]. */
  boolean isWhole(int epoch, long after, long to) {
    return jdbc.sql(
            """
            select count(*) = :count
            from publication join meow on meow.seq = publication.meow_seq
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

  /** Returns those of {@link #published} that another life lacks. */
  List<StreamMessage> lacking(StreamLedger.Epoch lacking, int epoch, long after, long to) {
    return jdbc.sql(
            """
            select meow.seq, meow.id, meow.body, meow.created_at
            from publication join meow on meow.seq = publication.meow_seq
            where publication.epoch = :epoch
              and publication.sequence > :after and publication.sequence <= :to
              and not exists (
                select from publication as present
                where present.epoch = :lacking and present.meow_seq = meow.seq)
            order by publication.sequence
            """)
        .param("lacking", lacking.number())
        .param("epoch", epoch)
        .param("after", after)
        .param("to", to)
        .query(RefillSource::message)
        .list();
  }

  /**
   * Returns meows that no stream is known to have had and that do not wait in the outbox either, at
   * the places in ({@code after}, {@code to}].
   */
  List<StreamMessage> forgotten(StreamLedger.Epoch lacking, long after, long to) {
    return jdbc.sql(
            """
            select seq, id, body, created_at
            from meow
            where seq > :after and seq <= :to
              and not exists (
                select from publication as present
                where present.epoch = :lacking and present.meow_seq = meow.seq)
              and not exists (select from outbox where outbox.message_id = meow.id::text)
            order by seq
            """)
        .param("lacking", lacking.number())
        .param("after", after)
        .param("to", to)
        .query(RefillSource::message)
        .list();
  }

  private static StreamMessage message(ResultSet row, int number) throws SQLException {
    MeowCreated event =
        new MeowCreated(
            new MeowId(row.getString("id")),
            row.getString("body"),
            row.getObject("created_at", OffsetDateTime.class).toInstant());
    return new StreamMessage(
        row.getLong("seq"),
        event.id().value(),
        MeowEventJson.subjectOf(event),
        new String(MeowEventJson.encode(event), StandardCharsets.UTF_8));
  }
}
