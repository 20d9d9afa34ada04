package meower.query.audit;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.search.Hit;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import meower.nats.RequestRefusedException;
import meower.query.index.MeowIndex;
import meower.query.index.MeowIndexes;
import meower.query.model.MeowDocument;
import meower.query.model.audit.IndexChecksum;
import meower.query.model.audit.IndexEntries;
import meower.query.model.audit.IndexRange;
import meower.query.model.audit.IndexSummary;
import meower.query.projection.IndexConsumers;
import meower.schema.MeowCreated;
import meower.schema.audit.AuditRequests;
import meower.schema.audit.CreationSum;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What is in the index, right or not, along the sequences and a part at a time. */
@Component
class IndexReader {

  private static final String SEQUENCE = "sequence";
  private static final int PAGE = 1_000;

  private final ElasticsearchClient client;
  private final MeowIndexes indexes;
  private final IndexConsumers consumers;
  private final JsonMapper json;

  IndexReader(
      ElasticsearchClient client, MeowIndexes indexes, IndexConsumers consumers, JsonMapper json) {
    this.client = client;
    this.indexes = indexes;
    this.consumers = consumers;
    this.json = json;
  }

  IndexSummary summary() throws IOException, JetStreamApiException {
    Optional<MeowIndex> read = indexes.findRead();
    if (read.isEmpty()) {
      return new IndexSummary("", "", false, 0, 0, countAll());
    }
    MeowIndex index = read.get();
    return new IndexSummary(
        index.toString(),
        index.epoch(),
        index.hasRevisions(),
        consumers.find(index).map(IndexReader::filled).orElse(0L),
        client
            .count(c -> c.index(index.toString()).query(index.shown().build()._toQuery()))
            .count(),
        countAll());
  }

  /** Sums up all documents of the range but those at the places. */
  IndexChecksum checksum(IndexRange range) throws IOException, RequestRefusedException {
    Query query = query(range, true);
    CreationSum sum = new CreationSum();
    List<Hit<MeowDocument>> page = page(range.index(), query, null);
    while (!page.isEmpty()) {
      page.forEach(hit -> add(Objects.requireNonNull(hit.id()), hit.source(), sum));
      page = page.size() < PAGE ? List.of() : page(range.index(), query, cursor(page.getLast()));
    }
    return new IndexChecksum(sum.count(), sum.hash());
  }

  /** Returns the first documents of the range, those at the places only if it names some. */
  IndexEntries entries(IndexRange range) throws IOException, RequestRefusedException {
    List<Hit<MeowDocument>> page = page(range.index(), query(range, false), range.cursor());
    List<IndexEntries.Found> found = new ArrayList<>();
    int bytes = 0;
    for (Hit<MeowDocument> hit : page) {
      IndexEntries.Found next =
          new IndexEntries.Found(
              Objects.requireNonNull(hit.id()),
              Objects.requireNonNullElse(hit.version(), 0L),
              hit.source());
      bytes += json.writeValueAsBytes(next).length;
      if (bytes > AuditRequests.MOST_BYTES && !found.isEmpty()) {
        break;
      }
      found.add(next);
    }
    boolean isLast = found.size() == page.size() && page.size() < PAGE;
    return isLast
        ? IndexEntries.last(found)
        : new IndexEntries(found, cursor(page.get(found.size() - 1)));
  }

  private static void add(String handle, @Nullable MeowDocument document, CreationSum sum) {
    if (document != null
        && handle.equals(document.id())
        && document.event().orElse(null) instanceof MeowCreated meow) {
      sum.add(document.sequence(), meow);
    } else {
      sum.addWrong(handle);
    }
  }

  private long countAll() throws IOException {
    return client.count(c -> c.index("meows-v*")).count();
  }

  private static long filled(ConsumerInfo consumer) {
    return IndexConsumers.lag(consumer) == 0
        ? consumer.getDelivered().getStreamSequence()
        : consumer.getAckFloor().getStreamSequence();
  }

  private List<Hit<MeowDocument>> page(String index, Query query, IndexRange.@Nullable Cursor after)
      throws IOException {
    SearchRequest.Builder request =
        new SearchRequest.Builder()
            .index(index)
            .allowPartialSearchResults(false)
            .query(query)
            .size(PAGE)
            .version(true)
            .trackTotalHits(t -> t.enabled(false))
            .sort(o -> o.field(f -> f.field(SEQUENCE).order(SortOrder.Asc)))
            .sort(o -> o.field(f -> f.field("id").order(SortOrder.Asc)));
    if (after != null) {
      request.searchAfter(
          FieldValue.of(after.sequence()),
          after.id() == null ? FieldValue.NULL : FieldValue.of(after.id()));
    }
    return client.search(request.build(), MeowDocument.class).hits().hits();
  }

  private static IndexRange.Cursor cursor(Hit<MeowDocument> hit) {
    FieldValue id = hit.sort().getLast();
    return new IndexRange.Cursor(
        hit.sort().getFirst().longValue(), id.isNull() ? null : id.stringValue());
  }

  private static Query query(IndexRange range, boolean others) throws RequestRefusedException {
    List<Long> places = range.places();
    if (places != null && places.size() > AuditRequests.MOST_NAMED) {
      throw new RequestRefusedException("Name at most " + AuditRequests.MOST_NAMED + " places.");
    }
    BoolQuery.Builder query = new BoolQuery.Builder();
    if (range.outside()) {
      query.mustNot(within(0, range.to()));
    } else {
      query.filter(within(range.after(), range.to()));
    }
    if (places != null) {
      Query at =
          Query.of(q ->
              q.terms(t ->
                  t.field(SEQUENCE)
                      .terms(v -> v.value(places.stream().map(FieldValue::of).toList()))));
      query = others ? query.mustNot(at) : query.filter(at);
    }
    return query.build()._toQuery();
  }

  private static Query within(long after, long to) {
    return Query.of(
        q -> q.range(r -> r.number(n -> n.field(SEQUENCE).gt((double) after).lte((double) to))));
  }
}
