package meower.query.projection;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.transport.rest_client.RestClientOptions;
import co.elastic.clients.util.BinaryData;
import co.elastic.clients.util.ContentType;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import meower.query.index.IndexName;
import meower.query.index.IndexProperties;
import meower.query.index.MeowIndex;
import meower.query.index.StreamEvent;
import meower.query.model.MeowDocument;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.text.FoldedText;
import org.apache.http.client.config.RequestConfig;
import org.elasticsearch.client.RequestOptions;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes events into an index, each at most once, and says of every single one what became of it.
 *
 * <p>A creation makes the document, if there is none. What comes later replaces it, unless an event
 * was there before that is later still: the version that Elasticsearch compares is the sequence in
 * the stream. So the events of a meow may come twice and in any order, and it ends as the last one
 * says. A document that a creation has made has version 1, which every later sequence exceeds.
 *
 * <p>What it says to be in the index is also visible to readers, unless there are none yet: the
 * write refreshes the index, also when a meow was already there because an earlier answer got lost.
 */
@Component
public class BulkWriter {

  /** What mappings before the fourth find meows by. */
  private static final String FORMER_TEXT = "text";

  private static final int REPLACED = 200;
  private static final int CREATED = 201;
  private static final int CONFLICT = 409;
  private static final int BAD_REQUEST = 400;

  /** What was to be deleted is not there. */
  private static final int NOT_FOUND = 404;

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

  /** Returns one outcome for each event, in their order. */
  public List<WriteOutcome> write(MeowIndex index, List<StreamEvent> events) {
    return write(index, events, Visibility.AT_ONCE);
  }

  /** Returns the same. */
  List<WriteOutcome> write(MeowIndex index, List<StreamEvent> events, Visibility visibility) {
    Function<MeowDocument, byte[]> encoding = encoding(index);
    return bulk(
        index, events, visibility, event -> operation(event, encoding.apply(event.document())));
  }

  /**
   * Writes the documents of events again, whatever is in their places, unless it is of a later
   * version than what was looked at.
   *
   * @param versions the index's own of what was looked at; what somebody has changed by hand has a
   *     version that no event has given it
   * @return one outcome for each event, in their order
   */
  public List<WriteOutcome> replace(MeowIndex index, Map<StreamEvent, Long> versions) {
    Function<MeowDocument, byte[]> encoding = encoding(index);
    return bulk(
        index,
        versions.entrySet(),
        Visibility.AT_ONCE,
        wanted -> {
          StreamEvent event = wanted.getKey();
          return BulkOperation.of(o ->
              o.index(i ->
                  i.id(event.event().id().value())
                      .versionType(VersionType.ExternalGte)
                      .version(Math.max(event.sequence(), wanted.getValue()))
                      .document(json(encoding.apply(event.document())))));
        });
  }

  /** Makes the documents of events where there are none, whatever version was there before. */
  public List<WriteOutcome> createAnyway(MeowIndex index, List<StreamEvent> events) {
    Function<MeowDocument, byte[]> encoding = encoding(index);
    return bulk(
        index,
        events,
        Visibility.AT_ONCE,
        event -> creation(event, encoding.apply(event.document())));
  }

  /**
   * Deletes documents that are still of the versions that were looked at.
   *
   * @param versions by document id
   */
  public List<WriteOutcome> delete(MeowIndex index, Map<String, Long> versions) {
    return bulk(
        index,
        versions.entrySet(),
        Visibility.AT_ONCE,
        wrong ->
            BulkOperation.of(o ->
                o.delete(d ->
                    d.id(wrong.getKey())
                        .versionType(VersionType.ExternalGte)
                        .version(wrong.getValue()))));
  }

  private <T> List<WriteOutcome> bulk(
      MeowIndex index,
      Collection<T> wanted,
      Visibility visibility,
      Function<T, BulkOperation> operation) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    try {
      return client
          .bulk(request(index, visibility, wanted.stream().map(operation).toList()))
          .items()
          .stream()
          .map(BulkWriter::outcome)
          .toList();
    } catch (IOException | RuntimeException e) {
      // Refusals are unchecked, and so is the client's "no connection became free".
      return Collections.nCopies(wanted.size(), new WriteOutcome.Failed(e.toString()));
    }
  }

  private BulkRequest request(
      MeowIndex index, Visibility visibility, List<BulkOperation> operations) {
    return BulkRequest.of(b ->
        b.index(alias(index.name(), visibility))
            .requireAlias(true)
            .refresh(visibility.refresh())
            .timeout(t -> t.time(timeout))
            .operations(operations));
  }

  /** Once an index is read, no write reaches it any more that would not be visible at once. */
  private static String alias(IndexName index, Visibility visibility) {
    return visibility == Visibility.AT_ONCE ? index.writeAlias() : index.fillAlias();
  }

  private static BulkOperation operation(StreamEvent event, byte[] json) {
    return switch (event.event()) {
      case MeowCreated _ -> creation(event, json);
      case MeowEdited _, MeowDeleted _ ->
          BulkOperation.of(o ->
              o.index(i ->
                  i.id(event.event().id().value())
                      .versionType(VersionType.External)
                      .version(event.sequence())
                      .document(json(json))));
    };
  }

  private static BulkOperation creation(StreamEvent event, byte[] json) {
    return BulkOperation.of(
        o -> o.create(c -> c.id(event.event().id().value()).document(json(json))));
  }

  private static BinaryData json(byte[] json) {
    return BinaryData.of(json, ContentType.APPLICATION_JSON);
  }

  /** An index of an older mapping gets the fields that it knows. */
  private Function<MeowDocument, byte[]> encoding(MeowIndex index) {
    return index.fields().containsAll(MeowDocument.FIELDS)
        ? json::writeValueAsBytes
        : document -> json.writeValueAsBytes(fields(document).retain(index.fields()));
  }

  private ObjectNode fields(MeowDocument document) {
    ObjectNode fields = json.valueToTree(document);
    String body = document.body();
    return body == null ? fields : fields.put(FORMER_TEXT, FoldedText.of(body).text());
  }

  private static WriteOutcome outcome(BulkResponseItem item) {
    ErrorCause error = item.error();
    boolean isGone = item.status() == NOT_FOUND && error == null;
    if (item.status() == CREATED || item.status() == REPLACED || isGone) {
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
