package meower.query.projection;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.transport.rest_client.RestClientOptions;
import co.elastic.clients.util.BinaryData;
import co.elastic.clients.util.ContentType;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import meower.query.index.IndexProperties;
import meower.query.index.MeowIndex;
import meower.schema.MeowDocument;
import org.apache.http.client.config.RequestConfig;
import org.elasticsearch.client.RequestOptions;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes meows into an index, each at most once, and says of every single one what became of it.
 *
 * <p>What it says to be in the index is also visible to readers: the write refreshes the index,
 * also when a meow was already there because an earlier answer got lost.
 */
@Component
public class BulkWriter {

  private static final int CREATED = 201;
  private static final int CONFLICT = 409;
  private static final int BAD_REQUEST = 400;

  /** Of the answer: what the client insists on, and what says how each document fared. */
  private static final String WANTED = "took,errors,items.*._index,items.*.status,items.*.error";

  private final ElasticsearchClient client;
  private final JsonMapper json;
  private final String timeout;

  BulkWriter(ElasticsearchClient client, JsonMapper json, IndexProperties properties) {
    int millis = Math.toIntExact(properties.writeTimeout().toMillis());
    this.client = client.withTransportOptions(options(millis));
    this.json = json;
    this.timeout = millis + "ms";
  }

  /** Returns one outcome for each document, in their order. */
  public List<WriteOutcome> write(MeowIndex index, List<MeowDocument> documents) {
    if (documents.isEmpty()) {
      return List.of();
    }
    try {
      return client.bulk(request(index, documents)).items().stream()
          .map(BulkWriter::outcome)
          .toList();
    } catch (IOException | RuntimeException e) {
      // Refusals are unchecked, and so is the client's "no connection became free".
      return Collections.nCopies(documents.size(), new WriteOutcome.Failed(e.toString()));
    }
  }

  private BulkRequest request(MeowIndex index, List<MeowDocument> documents) {
    Function<MeowDocument, byte[]> encoding = encoding(index, documents.getFirst());
    return BulkRequest.of(b ->
        b.index(index.name().writeAlias())
            .requireAlias(true)
            .refresh(Refresh.True)
            .timeout(t -> t.time(timeout))
            .operations(documents.stream().map(d -> operation(d, encoding.apply(d))).toList()));
  }

  private static BulkOperation operation(MeowDocument document, byte[] json) {
    BinaryData encoded = BinaryData.of(json, ContentType.APPLICATION_JSON);
    return BulkOperation.of(o -> o.create(c -> c.id(document.id()).document(encoded)));
  }

  /** An index of an older mapping gets the fields that it knows. */
  private Function<MeowDocument, byte[]> encoding(MeowIndex index, MeowDocument any) {
    return index.fields().containsAll(fields(any).propertyNames())
        ? json::writeValueAsBytes
        : document -> json.writeValueAsBytes(fields(document).retain(index.fields()));
  }

  private ObjectNode fields(MeowDocument document) {
    return json.valueToTree(document);
  }

  private static WriteOutcome outcome(BulkResponseItem item) {
    ErrorCause error = item.error();
    if (item.status() == CREATED) {
      return new WriteOutcome.Indexed();
    }
    if (item.status() == CONFLICT) {
      return new WriteOutcome.AlreadyThere();
    }
    if (error == null) {
      return new WriteOutcome.Failed("status " + item.status());
    }
    return item.status() == BAD_REQUEST && isAboutTheDocument(error)
        ? new WriteOutcome.Impossible(reason(error))
        : new WriteOutcome.Failed(reason(error));
  }

  /** A closed index also answers 400, and is the operator's doing, not the document's. */
  private static boolean isAboutTheDocument(ErrorCause error) {
    return !Objects.equals(error.type(), "index_closed_exception");
  }

  private static String reason(ErrorCause error) {
    return error.type() + ": " + error.reason();
  }

  private static RestClientOptions options(int millis) {
    return new RestClientOptions(
        RequestOptions.DEFAULT.toBuilder()
            .addParameter("filter_path", WANTED)
            .setRequestConfig(
                RequestConfig.custom()
                    .setConnectTimeout(millis)
                    .setConnectionRequestTimeout(millis)
                    .setSocketTimeout(millis)
                    .build())
            .build(),
        false);
  }
}
