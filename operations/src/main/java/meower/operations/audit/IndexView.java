package meower.operations.audit;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import meower.operations.connection.OperationFailedException;

/** What Elasticsearch knows: which index is read. */
record IndexView(ElasticsearchClient client) {

  private static final String READ_ALIAS = "meows";
  private static final int NOT_FOUND = 404;
  private static final Pattern NAME = Pattern.compile("meows-v[0-9]+-([0-9a-z]+)(?:-[0-9]+)?");

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
    return matcher.matches() ? matcher.group(1) : "";
  }

  void write(List<BulkOperation> operations, String index) throws IOException {
    BulkResponse answer =
        client.bulk(b -> b.index(index).refresh(Refresh.True).operations(operations));
    answer.items().stream()
        .filter(item -> item.error() != null && item.status() != NOT_FOUND)
        .findFirst()
        .ifPresent(item -> {
          throw new OperationFailedException(
              "Elasticsearch refuses to write " + item.id() + ": " + item.error());
        });
  }

  static OperationFailedException unreachable(IOException e) {
    return new OperationFailedException(
        "Elasticsearch does not answer. Start it, or wait until it is back", e);
  }
}
