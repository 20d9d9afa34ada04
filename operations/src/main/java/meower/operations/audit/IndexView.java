package meower.operations.audit;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import meower.operations.connection.OperationFailedException;

/** What Elasticsearch knows: which index is read. */
record IndexView(ElasticsearchClient client) {

  private static final String READ_ALIAS = "meows";
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final Pattern NAME =
      Pattern.compile("meows-v([0-9]{1,4})-([0-9a-z]+)(?:-[0-9]+)?");
  private static final int MAPPING_WITH_REVISIONS = 2;

  /** Returns the name of the index that is read, or nothing while there is none. */
  Optional<String> find() {
    try {
      return client.indices().getAlias(a -> a.name(READ_ALIAS)).result().keySet().stream()
          .findFirst();
    } catch (ElasticsearchException e) {
      if (e.status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** Counts the documents of all indexes, also of one that is being filled. */
  long countAll() throws IOException {
    return client.count(c -> c.index("meows-v*")).count();
  }

  static String epochOf(String index) {
    Matcher matcher = NAME.matcher(index);
    return matcher.matches() ? matcher.group(2) : "";
  }

  /** Tells whether its mapping has room for edits and deletions. */
  static boolean hasRevisions(String index) {
    Matcher matcher = NAME.matcher(index);
    return matcher.matches() && Integer.parseInt(matcher.group(1)) >= MAPPING_WITH_REVISIONS;
  }

  /**
   * Writes documents and deletes others.
   *
   * @return the ids of those that are not written because the index knows a later version
   * @throws OperationFailedException if it does not take one for another reason
   */
  Set<String> write(List<BulkOperation> operations, String index) throws IOException {
    if (operations.isEmpty()) {
      return Set.of();
    }
    BulkResponse answer =
        client.bulk(b -> b.index(index).refresh(Refresh.True).operations(operations));
    Set<String> conflicts = new HashSet<>();
    for (BulkResponseItem item : answer.items()) {
      if (item.status() == CONFLICT) {
        conflicts.add(Objects.requireNonNull(item.id()));
      } else if (item.error() != null && item.status() != NOT_FOUND) {
        throw new OperationFailedException(
            "Elasticsearch refuses to write " + item.id() + ": " + item.error());
      }
    }
    return conflicts;
  }

  static OperationFailedException unreachable(IOException e) {
    return new OperationFailedException(
        "Elasticsearch does not answer. Start it, or wait until it is back", e);
  }
}
