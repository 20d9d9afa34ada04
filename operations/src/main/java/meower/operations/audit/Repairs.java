package meower.operations.audit;

import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import meower.operations.audit.Difference.Kind;
import meower.schema.MeowCreated;
import meower.schema.MeowEventJson;

/**
 * Mends differences: Postgres is right.
 *
 * <p>The stream is mended by its owner: what does not belong there is deleted, and the relay of the
 * command service notices and makes the stream anew.
 */
final class Repairs {

  /** In front of everything that waits: these meows are older. */
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

  void mendPostgres(Difference difference, int epoch) throws SQLException {
    Entry entry = difference.expected();
    if (entry == null) {
      return;
    }
    if (difference.kind() == Kind.MISSING) {
      putIntoOutbox(entry, epoch);
    } else {
      takeOutOfOutbox(entry, epoch);
    }
  }

  void mendStream(List<Difference> differences) throws Exception {
    for (Difference difference : differences) {
      Found found = difference.found();
      if (found != null) {
        stream.delete(Long.parseLong(found.handle()));
        deletedFromStream++;
      }
    }
  }

  void mendIndex(List<Difference> differences, String name) throws IOException {
    List<BulkOperation> operations = new ArrayList<>();
    for (Difference difference : differences) {
      Entry expected = difference.expected();
      Found found = difference.found();
      if (found != null && (expected == null || !found.handle().equals(expected.id()))) {
        operations.add(BulkOperation.of(o -> o.delete(d -> d.id(found.handle()))));
      }
      if (expected != null) {
        operations.add(
            BulkOperation.of(o -> o.index(i -> i.id(expected.id()).document(expected.document()))));
      }
    }
    if (!operations.isEmpty()) {
      index.write(operations, name);
    }
  }

  private void putIntoOutbox(Entry entry, int epoch) throws SQLException {
    try (PreparedStatement insert =
        postgres.prepareStatement(
            """
            insert into outbox (seq, message_id, subject, payload)
            overriding system value
            select ? + meow.seq, meow.id, ?, ? from meow
            where meow.id = (? collate "C")::bpchar
              and not exists (
                select from publication
                where publication.epoch = ? and publication.meow_seq = meow.seq)
              and not exists (select from outbox where outbox.message_id = meow.id::text)
            """)) {
      MeowCreated meow = entry.meow();
      insert.setLong(1, FRONT);
      insert.setString(2, MeowEventJson.subjectOf(meow));
      insert.setString(3, new String(MeowEventJson.encode(meow), StandardCharsets.UTF_8));
      insert.setString(4, entry.id());
      insert.setInt(5, epoch);
      insert.executeUpdate();
    }
  }

  /** Leaves one where the meow is not published yet. */
  private void takeOutOfOutbox(Entry entry, int epoch) throws SQLException {
    try (PreparedStatement delete =
        postgres.prepareStatement(
            """
            delete from outbox
            where message_id = ?
              and (exists (
                  select from publication join meow on meow.seq = publication.meow_seq
                  where publication.epoch = ? and meow.id = (outbox.message_id collate "C")::bpchar)
                or exists (
                  select from outbox as earlier
                  where earlier.message_id = outbox.message_id and earlier.seq < outbox.seq))
            """)) {
      delete.setString(1, entry.id());
      delete.setInt(2, epoch);
      delete.executeUpdate();
    }
  }
}
