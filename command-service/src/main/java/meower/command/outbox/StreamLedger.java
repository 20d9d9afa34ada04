package meower.command.outbox;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the stream is known to hold: which meow has which sequence in which life of the stream.
 *
 * <p>Postgres is the source of truth, also for the order: what the stream forgets is published
 * again as the ledger says.
 */
final class StreamLedger {

  /**
   * A life of the stream.
   *
   * @param number grows with each life
   * @param name the epoch of its positions
   * @param complete whether the stream holds everything that was published before this life began
   * @param holes how many messages the stream had lost already when it was taken over as it is
   */
  record Epoch(int number, String name, boolean complete, long holes) {

    Epoch completed() {
      return new Epoch(number, name, true, holes);
    }
  }

  private final JdbcClient jdbc;

  StreamLedger(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Returns the present life of the stream; nothing in a database that has never had one. */
  Optional<Epoch> newest() {
    return jdbc.sql(
            """
            select number, epoch, complete, holes
            from stream_epoch
            order by number desc
            limit 1
            """)
        .query((row, _) ->
            new Epoch(
                row.getInt("number"),
                row.getString("epoch"),
                row.getBoolean("complete"),
                row.getLong("holes")))
        .optional();
  }

  /** Begins a life of the stream of which nothing is known yet. */
  Epoch begin(String name, long holes) {
    int number =
        jdbc.sql("insert into stream_epoch (epoch, holes) values (:name, :holes) returning number")
            .param("name", name)
            .param("holes", holes)
            .query(Integer.class)
            .single();
    return new Epoch(number, name, false, holes);
  }

  /** Says that the stream holds everything again: from now on this life tells the order. */
  void complete(Epoch epoch) {
    jdbc.sql("update stream_epoch set complete = true where number = :number")
        .param("number", epoch.number())
        .update();
  }

  /** Returns the last sequence that is known, 0 if none is. */
  long lastSequence(Epoch epoch) {
    return jdbc.sql("select coalesce(max(sequence), 0) from publication where epoch = :epoch")
        .param("epoch", epoch.number())
        .query(Long.class)
        .single();
  }

  /** Returns the id of the meow at a sequence; nothing if no meow is known to be there. */
  Optional<String> idAt(Epoch epoch, long sequence) {
    return jdbc.sql(
            """
            select meow.id
            from publication join meow on meow.seq = publication.meow_seq
            where publication.epoch = :epoch and publication.sequence = :sequence
            """)
        .param("epoch", epoch.number())
        .param("sequence", sequence)
        .query(String.class)
        .optional();
  }

  /** Takes messages out of the outbox because the stream has them, and remembers where. */
  void recordPublished(Epoch epoch, long first, List<StreamMessage> messages) {
    jdbc.sql(
            """
            with published as (
              select seq, :first + place - 1 as sequence
              from unnest(:seqs) with ordinality as message (seq, place)
            ), gone as (
              delete from outbox using published
              where outbox.seq = published.seq
              returning published.sequence, outbox.message_id
            )
            insert into publication (epoch, sequence, meow_seq)
            select :epoch, gone.sequence, meow.seq
            from gone left join meow on meow.id = (gone.message_id collate "C")::bpchar
            """)
        .param("epoch", epoch.number())
        .param("first", first)
        .param("seqs", seqs(messages))
        .update();
  }

  /** Remembers where the stream has meows that were published again. */
  void recordRefilled(Epoch epoch, long first, List<StreamMessage> messages) {
    jdbc.sql(
            """
            insert into publication (epoch, sequence, meow_seq)
            select :epoch, :first + place - 1, seq
            from unnest(:seqs) with ordinality as message (seq, place)
            """)
        .param("epoch", epoch.number())
        .param("first", first)
        .param("seqs", seqs(messages))
        .update();
  }

  /**
   * Remembers messages that were found in the stream, and takes their meows out of the outbox.
   *
   * @param ids the meow of each sequence, null where there is none
   * @return how many of them were in the outbox
   */
  int adopt(Epoch epoch, long[] sequences, @Nullable String[] ids) {
    return jdbc.sql(
            """
            with found as (
              select sequence, id from unnest(:sequences, :ids) as message (sequence, id)
            ), known as (
              select min(found.sequence) as sequence, meow.seq
              from found join meow on meow.id = (found.id collate "C")::bpchar
              where not exists (
                select from publication as earlier
                where earlier.epoch = :epoch and earlier.meow_seq = meow.seq)
              group by meow.seq
            ), recorded as (
              insert into publication (epoch, sequence, meow_seq)
              select :epoch, found.sequence, known.seq
              from found left join known using (sequence)
            ), gone as (
              delete from outbox using found where outbox.message_id = found.id
              returning outbox.seq
            )
            select count(*) from gone
            """)
        .param("epoch", epoch.number())
        .param("sequences", sequences)
        .param("ids", ids)
        .query(Integer.class)
        .single();
  }

  /**
   * Takes out of the outbox what was published already: the stream would refuse it, and with it
   * everything behind it.
   *
   * @param limit how many of the oldest messages to look at
   */
  void dropPublished(Epoch epoch, int limit) {
    jdbc.sql(
            """
            delete from outbox
            where seq in (
              select oldest.seq
              from (select seq, message_id from outbox order by seq limit :limit) as oldest
                join meow on meow.id = (oldest.message_id collate "C")::bpchar
                join publication
                  on publication.meow_seq = meow.seq and publication.epoch = :epoch)
            """)
        .param("epoch", epoch.number())
        .param("limit", limit)
        .update();
  }

  /** Tells whether Postgres has all of these meows. */
  boolean knows(List<String> ids) {
    return jdbc.sql(
            """
            select not exists (
              select from unnest(:ids) as found (id)
              where not exists (
                select from meow where meow.id = (found.id collate "C")::bpchar))
            """)
        .param("ids", ids.toArray(String[]::new))
        .query(Boolean.class)
        .single();
  }

  /** Returns how many messages of the stream are no meows of Postgres, or are there twice. */
  long countForeign(Epoch epoch) {
    return jdbc.sql("select count(*) from publication where epoch = :epoch and meow_seq is null")
        .param("epoch", epoch.number())
        .query(Long.class)
        .single();
  }

  /**
   * Deletes a part of what is known about earlier lives, once nobody needs it.
   *
   * @param limit of rows, so that the statement stays short
   */
  void forgetEarlier(Epoch complete, int limit) {
    jdbc.sql(
            """
            delete from publication
            where ctid = any(array(
              select ctid from publication where epoch < :number limit :limit))
            """)
        .param("number", complete.number())
        .param("limit", limit)
        .update();
  }

  private static Long[] seqs(List<StreamMessage> messages) {
    return messages.stream().map(StreamMessage::seq).toArray(Long[]::new);
  }
}
