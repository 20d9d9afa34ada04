package meower.operations.audit;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import meower.query.model.MeowDocument;
import meower.schema.DeletedBy;
import meower.schema.EarlierSequences;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;
import meower.schema.MeowId;
import org.jspecify.annotations.Nullable;

/** The meows of an index. */
final class IndexCopy implements Copy {

  private static final int PAGE = 5_000;

  private final ElasticsearchClient client;
  private final String index;

  IndexCopy(ElasticsearchClient client, String index) {
    this.client = client;
    this.index = index;
  }

  @Override
  public List<Found> next(Range range) throws IOException {
    return read(
        Query.of(q ->
            q.range(r ->
                r.number(n ->
                    n.field("sequence").gt((double) range.after()).lte((double) range.to())))));
  }

  /** Returns documents without a place that any range has: none, or behind the last sequence. */
  List<Found> outside(long last) throws IOException {
    return read(
        Query.of(q ->
            q.bool(b ->
                b.mustNot(n ->
                    n.range(
                        r -> r.number(s -> s.field("sequence").gte(1.0).lte((double) last)))))));
  }

  private List<Found> read(Query query) throws IOException {
    List<Found> found = new ArrayList<>();
    List<Hit<MeowDocument>> page = page(query, List.of());
    while (!page.isEmpty()) {
      page.stream().map(IndexCopy::found).forEach(found::add);
      page = page.size() < PAGE ? List.of() : page(query, page.getLast().sort());
    }
    return found;
  }

  private List<Hit<MeowDocument>> page(Query query, List<FieldValue> after) throws IOException {
    SearchResponse<MeowDocument> answer =
        client.search(
            s -> {
              s.index(index)
                  .query(query)
                  .size(PAGE)
                  .version(true)
                  .trackTotalHits(t -> t.enabled(false))
                  .sort(o -> o.field(f -> f.field("sequence").order(SortOrder.Asc)))
                  .sort(o -> o.field(f -> f.field("id").order(SortOrder.Asc)));
              return after.isEmpty() ? s : s.searchAfter(after);
            },
            MeowDocument.class);
    return answer.hits().hits();
  }

  private static Found found(Hit<MeowDocument> hit) {
    String handle = Objects.requireNonNull(hit.id());
    MeowDocument document = hit.source();
    return new Found(
        document == null ? 0 : document.sequence(),
        id(document, handle),
        null,
        document == null || !handle.equals(document.id()) ? null : entry(document),
        handle,
        Objects.requireNonNullElse(hit.version(), 0L),
        text(document));
  }

  /** A mapping does not ask for any field. */
  @SuppressWarnings("ConstantValue")
  private static String id(@Nullable MeowDocument document, String handle) {
    return document == null || document.id() == null ? handle : document.id();
  }

  private static String text(@Nullable MeowDocument document) {
    return document == null || document.body() == null ? "" : document.body();
  }

  /** Returns the event that has made such a document; nothing if none makes it so. */
  private static @Nullable Entry entry(MeowDocument document) {
    try {
      Entry entry =
          Entry.document(
              event(document),
              Objects.requireNonNullElse(document.version(), document.sequence()),
              new EarlierSequences(Objects.requireNonNullElse(document.earlier(), List.of())));
      return entry.document().equals(document) ? entry : null;
    } catch (NullPointerException
        | DateTimeParseException
        | IllegalArgumentException
        | NoSuchElementException e) {
      return null;
    }
  }

  private static MeowEvent event(MeowDocument document) {
    MeowId id = new MeowId(document.id());
    Instant createdAt = Instant.parse(document.createdAt());
    if (document.deletedAt() != null) {
      return new MeowDeleted(
          id,
          Objects.requireNonNull(document.revision()),
          createdAt,
          Instant.parse(document.deletedAt()),
          DeletedBy.parse(Objects.requireNonNull(document.by())).orElseThrow());
    }
    String body = Objects.requireNonNull(document.body());
    return document.revision() == null
        ? new MeowCreated(id, body, createdAt)
        : new MeowEdited(
            id,
            document.revision(),
            body,
            createdAt,
            Instant.parse(Objects.requireNonNull(document.editedAt())));
  }
}
