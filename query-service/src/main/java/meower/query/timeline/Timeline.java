package meower.query.timeline;

import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch.core.GetResponse;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.mget.MultiGetResponseItem;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import meower.query.elasticsearch.SearchEngine;
import meower.query.index.MeowIndex;
import meower.query.meow.IndexedMeow;
import meower.query.meow.TimelineMeow;
import meower.query.model.JsonFields;
import meower.query.view.TimelineRequest;
import meower.query.view.View;
import meower.schema.MeowId;
import meower.web.ProblemException;
import org.springframework.stereotype.Component;

/** Reads the timeline out of the index; its order is the order of the stream. */
@Component
class Timeline {

  private static final List<String> FIELDS = JsonFields.of(TimelineMeow.class);
  private static final String ORDER = "sequence";
  private static final String BEFORE = "before";

  private record Sequence(long sequence) {}

  private final SearchEngine engine;

  Timeline(SearchEngine engine) {
    this.engine = engine;
  }

  /**
   * Returns a page, one more request to the index for each cursor. A page of older meows begins
   * right below its cursor: a view that does not reach so far would leave a hole there.
   *
   * <p>Nearly every sequence is a meow's, so it is looked for right behind the cursor first: sorted
   * out of everything, a page would cost the more the more meows there are.
   *
   * @param end where the stream ended, for a cursor that is not in the index
   * @throws ProblemException 400 if a cursor is no meow, 503 while the index cannot be read, or
   *     while it cannot be said whether there is such a meow
   * @throws RuntimeException {@link View#behind} if a cursor is not in the view, or may not be
   *     there yet
   */
  TimelinePage page(View view, TimelineRequest request, StreamEnd end) {
    OptionalLong before = sequenceOf(view, BEFORE, request.before(), end);
    OptionalLong after = sequenceOf(view, "after", request.after(), end);
    SequenceRange all = SequenceRange.of(view, after, before);
    SequenceRange near = all.end(request.upwards(), 2L * request.page().reach());
    List<TimelineMeow> meows = search(view.index(), request, near);
    if (meows.size() <= request.page().take() && !near.equals(all)) {
      meows = search(view.index(), request, all);
    }
    boolean more = meows.size() > request.page().take();
    List<TimelineMeow> page = more ? meows.subList(0, request.page().take()) : meows;
    return new TimelinePage(request.upwards() ? page.reversed() : page, more);
  }

  /** Returns the meow, or what is left of it, also when the view does not show it yet. */
  Optional<IndexedMeow> find(MeowIndex index, MeowId id) {
    return get(index, id, IndexedMeow.FIELDS, IndexedMeow.class);
  }

  /** Returns those of the meows that there are, by their ids, with one request. */
  Map<String, IndexedMeow> find(MeowIndex index, List<MeowId> ids) {
    List<String> wanted = ids.stream().map(MeowId::value).toList();
    return engine
        .ask(client ->
            client.mget(
                m -> m.index(index.toString()).ids(wanted).sourceIncludes(IndexedMeow.FIELDS),
                IndexedMeow.class))
        .docs()
        .stream()
        .filter(MultiGetResponseItem::isResult)
        .map(item -> item.result().source())
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .collect(Collectors.toMap(IndexedMeow::id, Function.identity()));
  }

  /** One meow more than wanted, to know whether there are more. */
  private List<TimelineMeow> search(MeowIndex index, TimelineRequest request, SequenceRange range) {
    SearchRequest search =
        SearchRequest.of(s ->
            s.index(index.toString())
                .allowPartialSearchResults(false)
                .query(index.shown().filter(range.query()).build())
                .sort(o -> o.field(f -> f.field(ORDER).order(order(request))))
                .from(request.page().skip())
                .size(request.page().take() + 1)
                .trackTotalHits(t -> t.enabled(false))
                .source(f -> f.filter(i -> i.includes(FIELDS))));
    return engine.ask(client -> client.search(search, TimelineMeow.class)).hits().hits().stream()
        .map(Hit::source)
        .map(Objects::requireNonNull)
        .toList();
  }

  private static SortOrder order(TimelineRequest request) {
    return request.upwards() ? SortOrder.Asc : SortOrder.Desc;
  }

  /** Returns the sequence of a cursor, if there is one. */
  private OptionalLong sequenceOf(
      View view, String parameter, Optional<MeowId> cursor, StreamEnd end) {
    if (cursor.isEmpty()) {
      return OptionalLong.empty();
    }
    MeowId id = cursor.get();
    Sequence found =
        get(view.index(), id, List.of(ORDER), Sequence.class)
            .orElseThrow(() -> unknown(view, parameter, id, end));
    if (parameter.equals(BEFORE)) {
      view.requireShown(found.sequence());
    }
    return OptionalLong.of(found.sequence());
  }

  /**
   * Another instance may have shown a meow that is on its way here. Its id does not tell: clocks
   * are wrong at times.
   */
  private static RuntimeException unknown(View view, String parameter, MeowId id, StreamEnd end) {
    return view.reaches(end.position())
        ? ProblemException.badParameter(parameter, "There is no meow " + id + " to start from.")
        : view.behind("meow " + id);
  }

  private <T> Optional<T> get(MeowIndex index, MeowId id, List<String> fields, Class<T> type) {
    GetResponse<T> found =
        engine.ask(client ->
            client.get(g -> g.index(index.toString()).id(id.value()).sourceIncludes(fields), type));
    return Optional.ofNullable(found.source());
  }
}
