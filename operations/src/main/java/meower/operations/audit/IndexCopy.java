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
import java.util.Objects;
import meower.schema.MeowDocument;
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
    Entry entry = document == null ? null : entry(document);
    if (document == null || entry == null) {
      return new Found(
          new Entry(0, handle, Instant.EPOCH, String.valueOf(document)), handle, false);
    }
    boolean sound = handle.equals(entry.id()) && document.equals(right(entry));
    return new Found(entry, handle, sound);
  }

  /** Says nothing for a document that has fields missing: a mapping does not ask for any. */
  @SuppressWarnings("ConstantValue")
  private static @Nullable Entry entry(MeowDocument document) {
    try {
      return new Entry(
          document.sequence(),
          Objects.requireNonNull(document.id()),
          Instant.parse(Objects.requireNonNull(document.createdAt())),
          Objects.requireNonNull(document.body()));
    } catch (NullPointerException | DateTimeParseException e) {
      return null;
    }
  }

  private static @Nullable MeowDocument right(Entry entry) {
    try {
      return entry.document();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
