package meower.operations.audit;

import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Mends differences: Postgres is right.
 *
 * <p>The stream is mended by its owner: what does not belong there is deleted, and the relay of the
 * command service notices and makes the stream anew.
 */
final class Repairs {

  /** In front of everything that waits: these events are older. */
  private static final long FRONT = Long.MIN_VALUE / 2;

  private final Connection postgres;
  private final StreamView stream;
  private final IndexView index;
  private long deletedFromStream;

  Repairs(Connection postgres, StreamView stream, IndexView index) {
    this.postgres = postgres;
    this.stream = stream;
    this.index = index;
  }

  /** Tells whether the relay has to make the stream anew. */
  boolean haveChangedStream() {
    return deletedFromStream > 0;
  }

  void mendPostgres(Inconsistency inconsistency, int epoch) throws SQLException {
    switch (inconsistency.problem()) {
      case LOST -> putIntoOutbox(inconsistency.event(), epoch);
      case WAITS_ALTHOUGH_PUBLISHED, WAITS_TWICE -> takeOutOfOutbox(inconsistency.event(), epoch);
      case GAP, NO_BEGINNING, AFTER_DELETION, TEXT_LEFT, TEXT_LOST -> {
        // Postgres is right in what it says of meows: nobody else knows better.
      }
    }
  }

  void mendStream(List<Difference> differences, int epoch) throws Exception {
    for (Difference difference : differences) {
      Found found = difference.found();
      if (found != null) {
        boolean isErased = isErased(found.place(), epoch);
        stream.delete(found.place());
        deletedFromStream += isErased ? 0 : 1;
      }
    }
  }

  /**
   * What has changed meanwhile is left alone: each document is written with the version that the
   * index keeps for it, and is refused if there is a later one.
   */
  void mendIndex(List<Difference> differences, String name) throws IOException {
    List<BulkOperation> operations = new ArrayList<>();
    Map<String, Entry> missing = new HashMap<>();
    for (Difference difference : differences) {
      Entry expected = difference.expected();
      Found found = difference.found();
      if (found != null && (expected == null || !found.handle().equals(expected.id()))) {
        operations.add(BulkOperation.of(o -> o.delete(d -> d.id(found.handle()))));
      }
      if (expected != null) {
        operations.add(replacement(expected, found));
        if (found == null) {
          missing.put(expected.id(), expected);
        }
      }
    }
    Set<String> refused = index.write(operations, name);
    missing.keySet().retainAll(refused);
    // Elasticsearch remembers for a minute the version of what was deleted by hand.
    index.write(missing.values().stream().map(Repairs::creation).toList(), name);
  }

  /** What somebody has changed by hand has a version of its own. */
  private static BulkOperation replacement(Entry expected, @Nullable Found found) {
    long version = Math.max(expected.sequence(), found == null ? 0 : found.version());
    return BulkOperation.of(o ->
        o.index(i ->
            i.id(expected.id())
                .versionType(VersionType.ExternalGte)
                .version(version)
                .document(expected.document())));
  }

  private static BulkOperation creation(Entry expected) {
    return BulkOperation.of(o -> o.create(c -> c.id(expected.id()).document(expected.document())));
  }

  private boolean isErased(long sequence, int epoch) throws SQLException {
    try (PreparedStatement query =
        postgres.prepareStatement(
            """
            select from publication where epoch = ? and sequence = ? and erasure in (1, 2)
            """)) {
      query.setInt(1, epoch);
      query.setLong(2, sequence);
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }

  private void putIntoOutbox(long event, int epoch) throws SQLException {
    try (PreparedStatement insert =
        postgres.prepareStatement(
            """
            insert into outbox (seq, event_seq)
            overriding system value
            select ? + event.seq, event.seq from meow_event as event
            where event.seq = ?
              and not exists (
                select from publication
                where publication.epoch = ? and publication.meow_seq = event.seq)
              and not exists (select from outbox_event where outbox_event.event_seq = event.seq)
            """)) {
      insert.setLong(1, FRONT);
      insert.setLong(2, event);
      insert.setInt(3, epoch);
      insert.executeUpdate();
    }
  }

  /** Leaves one where the event is not published yet. */
  private void takeOutOfOutbox(long event, int epoch) throws SQLException {
    try (PreparedStatement delete =
        postgres.prepareStatement(
            """
            delete from outbox using outbox_event as waiting
            where waiting.seq = outbox.seq and waiting.event_seq = ?
              and (exists (
                  select from publication
                  where publication.epoch = ? and publication.meow_seq = waiting.event_seq)
                or exists (
                  select from outbox_event as earlier
                  where earlier.event_seq = waiting.event_seq and earlier.seq < waiting.seq))
            """)) {
      delete.setLong(1, event);
      delete.setInt(2, epoch);
      delete.executeUpdate();
    }
  }
}
