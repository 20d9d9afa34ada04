package meower.command.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import meower.command.event.StoredEvent;
import meower.schema.EventKey;
import meower.schema.MeowDeleted;
import meower.schema.MeowId;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the stream is known to hold: which event has which sequence in which epoch of the stream.
 *
 * <p>Postgres is the source of truth, also for the order: what the stream forgets is published
 * again as the ledger says.
 */
public final class StreamLedger {

  /**
   * The stream from when it was made until it is made anew.
   *
   * @param number grows with each epoch
   * @param name the epoch of its positions
   * @param complete whether the stream holds everything that was published before this epoch began
   * @param holes how many messages the stream had lost already when it was taken over as it is
   */
  record Epoch(int number, String name, boolean complete, long holes) {

    Epoch completed() {
      return new Epoch(number, name, true, holes);
    }
  }

  /**
   * How many messages of the stream are no longer there because their meows were deleted.
   *
   * @param done those that are gone
   * @param wanted those that are about to go: after a crash they may be gone already
   */
  record Erasures(long done, long wanted) {

    /** Tells whether so many messages can be missing without any of them being lost. */
    boolean explain(long missing) {
      return missing >= done && missing <= done + wanted;
    }
  }

  /** So many messages are published and recorded together. */
  public static final int BATCH = 256;

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  public StreamLedger(JdbcClient jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /** Returns the present epoch of the stream; nothing in a database that has never had one. */
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

  /** Begins an epoch of the stream of which nothing is known yet. */
  Epoch begin(String name, long holes) {
    int number =
        jdbc.sql("insert into stream_epoch (epoch, holes) values (:name, :holes) returning number")
            .param("name", name)
            .param("holes", holes)
            .query(Integer.class)
            .single();
    return new Epoch(number, name, false, holes);
  }

  /** Returns after which sequence all of an epoch is signed; nothing if it is not yet. */
  Optional<Long> signedAfter(Epoch epoch) {
    return jdbc.sql(
            """
            select signed_after from stream_epoch
            where number = :number and signed_after is not null
            """)
        .param("number", epoch.number())
        .query(Long.class)
        .optional();
  }

  /** Remembers after which sequence all of an epoch is signed; what is remembered stays. */
  void recordSignedAfter(Epoch epoch, long sequence) {
    jdbc.sql(
            """
            update stream_epoch set signed_after = :sequence
            where number = :number and signed_after is null
            """)
        .param("number", epoch.number())
        .param("sequence", sequence)
        .update();
  }

  /** Tells whether any epoch of the stream was signed from some sequence on. */
  boolean hasSignedLives() {
    return jdbc.sql("select exists (select from stream_epoch where signed_after is not null)")
        .query(Boolean.class)
        .single();
  }

  /** Returns the names of the keys with which messages of an epoch are signed. */
  List<String> signedBy(Epoch epoch) {
    return jdbc.sql("select unnest(signed_by) from stream_epoch where number = :number")
        .param("number", epoch.number())
        .query((row, _) -> row.getString(1))
        .list();
  }

  /** Remembers a key with which messages of an epoch are signed. */
  void recordSignedBy(Epoch epoch, String key) {
    jdbc.sql(
            """
            update stream_epoch set signed_by = signed_by || :key::text
            where number = :number and not :key = any(signed_by)
            """)
        .param("number", epoch.number())
        .param("key", key)
        .update();
  }

  /** Says that the stream holds everything again: from now on this epoch tells the order. */
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

  /** Returns the event at a sequence; nothing if none is known to be there, or it was erased. */
  Optional<EventKey> keyAt(Epoch epoch, long sequence) {
    return jdbc.sql(
            """
            select event.id, event.revision
            from publication join meow_event as event on event.seq = publication.meow_seq
            where publication.epoch = :epoch and publication.sequence = :sequence
              and publication.erasure not in (1, 2)
            """)
        .param("epoch", epoch.number())
        .param("sequence", sequence)
        .query((row, _) -> new EventKey(new MeowId(row.getString(1)), row.getInt(2)))
        .optional();
  }

  /** Returns at which sequences the events of each of the meows are known to be, ascending. */
  Map<MeowId, List<Long>> sequences(Epoch epoch, Set<MeowId> meows) {
    Map<MeowId, List<Long>> sequences = new HashMap<>();
    RowCallbackHandler add =
        row ->
            sequences
                .computeIfAbsent(new MeowId(row.getString("id")), _ -> new ArrayList<>())
                .add(row.getLong("sequence"));
    jdbc.sql(
            """
            select event.id, publication.sequence
            from meow_event as event
              join publication
                on publication.meow_seq = event.seq and publication.epoch = :epoch
            where event.id = any(:ids)
            order by publication.sequence
            """)
        .param("epoch", epoch.number())
        .param("ids", meows.stream().map(MeowId::value).toArray(String[]::new))
        .query(add);
    return sequences;
  }

  /** Takes messages out of the outbox because the stream has them, and remembers where. */
  void recordPublished(Epoch epoch, long first, List<OutboxMessage> messages) {
    List<StoredEvent> events = messages.stream().map(OutboxMessage::event).toList();
    record(
        epoch,
        first,
        events,
        () ->
            jdbc.sql(
                    """
                    with published as (
                      select outbox_seq, event_seq, erasure, :first + place - 1 as sequence
                      from unnest(:outbox, :events, :erasures) with ordinality
                        as message (outbox_seq, event_seq, erasure, place)
                    ), gone as (
                      delete from outbox using published
                      where outbox.seq = published.outbox_seq
                      returning published.sequence, published.event_seq, published.erasure
                    )
                    insert into publication (epoch, sequence, meow_seq, erasure)
                    select :epoch, sequence, event_seq, erasure from gone
                    """)
                .param("epoch", epoch.number())
                .param("first", first)
                .param("outbox", messages.stream().map(OutboxMessage::seq).toArray(Long[]::new))
                .param("events", seqs(events))
                .param("erasures", erasures(events))
                .update());
  }

  /** Remembers where the stream has events that were published again. */
  void recordRefilled(Epoch epoch, long first, List<StoredEvent> events) {
    record(
        epoch,
        first,
        events,
        () ->
            jdbc.sql(
                    """
                    insert into publication (epoch, sequence, meow_seq, erasure)
                    select :epoch, :first + place - 1, seq, erasure
                    from unnest(:events, :erasures) with ordinality as message (seq, erasure, place)
                    """)
                .param("epoch", epoch.number())
                .param("first", first)
                .param("events", seqs(events))
                .param("erasures", erasures(events))
                .update());
  }

  /** Remembers that events have their sequences back which the stream had lost at its end. */
  void recordRestored(Epoch epoch, long first, List<StoredEvent> events) {
    jdbc.sql(
            """
            with restored as (
              select :first + place - 1 as sequence, erasure
              from unnest(:erasures) with ordinality as message (erasure, place)
            ), before as (
              select count(*) as erased
              from publication join restored using (sequence)
              where publication.epoch = :epoch and publication.erasure = 2
            ), recorded as (
              update publication set erasure = restored.erasure
              from restored
              where publication.epoch = :epoch and publication.sequence = restored.sequence
                and publication.erasure <> restored.erasure
            )
            update stream_epoch set erased = stream_epoch.erased - before.erased
            from before
            where number = :epoch and before.erased > 0
            """)
        .param("epoch", epoch.number())
        .param("first", first)
        .param("erasures", erasures(events))
        .update();
  }

  /**
   * Remembers messages that were found in the stream, and takes their events out of the outbox.
   *
   * @return how many of them were in the outbox
   */
  int adopt(Epoch epoch, List<FoundMessage> messages) {
    return transactions.execute(_ -> {
      int found = adoptAll(epoch, messages);
      wantErasure(epoch, messages.getFirst().sequence(), messages.getLast().sequence());
      return found;
    });
  }

  private int adoptAll(Epoch epoch, List<FoundMessage> messages) {
    return jdbc.sql(
            """
            with found as (
              select sequence, id, revision, erasure
              from unnest(:sequences, :ids, :revisions, :erasures)
                as message (sequence, id, revision, erasure)
            ), ours as (
              select found.sequence, event.seq
              from found join meow_event as event
                on event.id = (found.id collate "C")::bpchar and event.revision = found.revision
            ), known as (
              select min(sequence) as sequence, seq
              from ours
              where not exists (
                select from publication as earlier
                where earlier.epoch = :epoch and earlier.meow_seq = ours.seq)
              group by seq
            ), recorded as (
              insert into publication (epoch, sequence, meow_seq, erasure)
              select :epoch, found.sequence, known.seq, found.erasure
              from found left join known using (sequence)
            ), gone as (
              delete from outbox using ours, outbox_event
              where outbox_event.event_seq = ours.seq and outbox.seq = outbox_event.seq
              returning outbox.seq
            )
            select count(*) from gone
            """)
        .param("epoch", epoch.number())
        .param("sequences", messages.stream().map(FoundMessage::sequence).toArray(Long[]::new))
        .param(
            "ids",
            messages.stream()
                .map(m -> m.key().map(key -> key.id().value()).orElse(null))
                .toArray(String[]::new))
        .param(
            "revisions",
            messages.stream()
                .map(m -> m.key().map(EventKey::revision).orElse(null))
                .toArray(Integer[]::new))
        .param(
            "erasures",
            messages.stream()
                .map(m -> (m.hasText() ? Erasure.NONE : Erasure.NEEDLESS).column())
                .toArray(Short[]::new))
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
              from (select seq, event_seq from outbox_event order by seq limit :limit) as oldest
                join publication
                  on publication.meow_seq = oldest.event_seq and publication.epoch = :epoch)
            """)
        .param("epoch", epoch.number())
        .param("limit", limit)
        .update();
  }

  /** Returns which messages have to go because their meows were deleted, the first ones. */
  List<Long> wanted(Epoch epoch, int limit) {
    return jdbc.sql(
            """
            select sequence from publication
            where epoch = :epoch and erasure = 1
            order by sequence
            limit :limit
            """)
        .param("epoch", epoch.number())
        .param("limit", limit)
        .query((row, _) -> row.getLong("sequence"))
        .list();
  }

  /** Remembers that messages are gone. */
  void recordErased(Epoch epoch, List<Long> sequences) {
    jdbc.sql(
            """
            with erased as (
              update publication set erasure = 2
              where epoch = :epoch and sequence = any(:sequences) and erasure = 1
              returning sequence
            )
            update stream_epoch set erased = erased + (select count(*) from erased)
            where number = :epoch
            """)
        .param("epoch", epoch.number())
        .param("sequences", sequences.toArray(Long[]::new))
        .update();
  }

  /** Has everything erased again: the stream came back as it was before. */
  void wantErasedAgain(Epoch epoch) {
    jdbc.sql(
            """
            with again as (
              update publication set erasure = 1 where epoch = :epoch and erasure = 2
            )
            update stream_epoch set erased = 0 where number = :epoch
            """)
        .param("epoch", epoch.number())
        .update();
  }

  /** Returns how many messages have to be, or may be, missing in the stream. */
  Erasures erasures(Epoch epoch) {
    return jdbc.sql(
            """
            select erased, (
              select count(*) from publication where epoch = :epoch and erasure = 1) as wanted
            from stream_epoch
            where number = :epoch
            """)
        .param("epoch", epoch.number())
        .query((row, _) -> new Erasures(row.getLong("erased"), row.getLong("wanted")))
        .single();
  }

  /** Returns the same of the messages up to a sequence. */
  Erasures erasures(Epoch epoch, long last) {
    return jdbc.sql(
            """
            select
              count(*) filter (where erasure = 2) as erased,
              count(*) filter (where erasure = 1) as wanted
            from publication
            where epoch = :epoch and erasure in (1, 2) and sequence <= :last
            """)
        .param("epoch", epoch.number())
        .param("last", last)
        .query((row, _) -> new Erasures(row.getLong("erased"), row.getLong("wanted")))
        .single();
  }

  /**
   * Deletes a part of what is known about earlier epochs, once nobody needs it.
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

  /** A deletion and what has to be erased because of it are remembered together or not at all. */
  private void record(Epoch epoch, long first, List<StoredEvent> events, Runnable statement) {
    if (events.stream().noneMatch(StreamLedger::isDeletion)) {
      statement.run();
      return;
    }
    transactions.executeWithoutResult(_ -> {
      statement.run();
      wantErasure(epoch, first, first + events.size() - 1);
    });
  }

  private static boolean isDeletion(StoredEvent stored) {
    return stored.event() instanceof MeowDeleted && stored.isToldAsItHappened();
  }

  /**
   * Has the earlier texts erased of the meows whose deletions are now in the stream.
   *
   * @param first of the sequences among which the deletions are
   */
  private void wantErasure(Epoch epoch, long first, long last) {
    jdbc.sql(
            """
            update publication set erasure = 1
            where epoch = :epoch and erasure = 0 and meow_seq in (
              select earlier.seq
              from publication as present
                join meow_event as deletion
                  on deletion.seq = present.meow_seq and deletion.kind = 'd'
                join meow_event as earlier
                  on earlier.id = deletion.id and earlier.seq <> deletion.seq
              where present.epoch = :epoch and present.sequence between :first and :last)
            """)
        .param("epoch", epoch.number())
        .param("first", first)
        .param("last", last)
        .update();
  }

  private static Long[] seqs(List<StoredEvent> events) {
    return events.stream().map(StoredEvent::seq).toArray(Long[]::new);
  }

  private static Short[] erasures(List<StoredEvent> events) {
    return events.stream()
        .map(event -> (event.isToldAsItHappened() ? Erasure.NONE : Erasure.NEEDLESS).column())
        .toArray(Short[]::new);
  }
}
