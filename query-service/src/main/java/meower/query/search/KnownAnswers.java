package meower.query.search;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import meower.query.head.MeowChange;
import meower.query.view.View;
import meower.schema.Position;
import meower.search.SearchQuery;
import meower.search.StandingSearch;
import org.jspecify.annotations.Nullable;

/**
 * Small parts of results that the index has given a moment ago. They hold until an event comes that
 * could make them others.
 *
 * <p>What else changes an index, such as a parked message that an operator brings back, is no
 * event: so they are forgotten soon.
 */
final class KnownAnswers {

  private static final Duration REMEMBERED = Duration.ofSeconds(10);

  /** So many answers, of so many meows each: some 7 MB. */
  private static final int MOST = 500;

  private static final int MOST_MEOWS = 20;
  private static final float LOAD = 0.75f;

  /** Looks for an event that concerns something. */
  @FunctionalInterface
  interface Events {

    /**
     * Returns up to where there is none.
     *
     * @param since they come after that
     * @param end they have to be seen up to there at least
     */
    Optional<Position> untouched(Position since, Position end, Predicate<MeowChange> concerns);
  }

  private record Question(SearchQuery query, SearchRequest.Order order, int take, int skip) {

    static Question of(SearchRequest request) {
      return new Question(
          request.query(), request.order(), request.page().take(), request.page().skip());
    }
  }

  private static final class Answer {

    private final View view;
    private final SearchResult result;
    private final long nanos;
    private final boolean isAll;
    private final Set<String> ids;
    private final StandingSearch search;

    /** No event up to there concerns it. */
    private volatile Position untouched;

    Answer(View view, SearchRequest request, SearchResult result, long nanos) {
      this.view = view;
      this.result = result;
      this.nanos = nanos;
      this.isAll = request.page().skip() == 0 && !result.more();
      this.ids = result.meows().stream().map(FoundMeow::id).collect(Collectors.toSet());
      this.search = new StandingSearch(request.query());
      this.untouched = view.position();
    }

    /** Beside those that it shows, it is not known which meows are found if these are not all. */
    boolean isConcernedBy(MeowChange change) {
      boolean wasFound = isAll ? ids.contains(change.id()) : !change.isNew();
      return wasFound || change.text().flatMap(search::matches).isPresent();
    }
  }

  private final Events events;
  private final LongSupplier nanoTime;
  private final Map<Question, Answer> answers =
      new LinkedHashMap<>(MOST, LOAD, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Answer> eldest) {
          return size() > MOST;
        }
      };

  KnownAnswers(Events events, LongSupplier nanoTime) {
    this.events = events;
    this.nanoTime = nanoTime;
  }

  /** Hears what the index has answered in the view. */
  void learn(View view, SearchRequest request, SearchResult result) {
    Question question = Question.of(request);
    if (view.index().hasWords() && result.meows().size() <= MOST_MEOWS) {
      put(question, new Answer(view, request, result, nanoTime.getAsLong()));
    } else {
      remove(question);
    }
  }

  /** Returns what the view has of it, or nothing when the index has to be asked. */
  Optional<SearchResult> find(View view, SearchRequest request) {
    Answer answer = get(Question.of(request));
    if (answer == null
        || nanoTime.getAsLong() - answer.nanos > REMEMBERED.toNanos()
        || !view.index().equals(answer.view.index())
        || !view.reaches(answer.view.position())) {
      return Optional.empty();
    }
    Optional<Position> untouched =
        events.untouched(answer.untouched, view.position(), answer::isConcernedBy);
    untouched.ifPresent(position -> answer.untouched = position);
    return untouched.map(_ -> answer.result);
  }

  /** Tells whether a part was not full when it was asked for last. */
  boolean wasNotFull(SearchRequest request) {
    Answer answer = get(Question.of(request));
    return answer != null && !answer.result.more();
  }

  private synchronized @Nullable Answer get(Question question) {
    return answers.get(question);
  }

  private synchronized void put(Question question, Answer answer) {
    answers.put(question, answer);
  }

  private synchronized void remove(Question question) {
    answers.remove(question);
  }
}
