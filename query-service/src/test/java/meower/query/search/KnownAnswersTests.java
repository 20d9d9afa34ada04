package meower.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import meower.query.head.MeowChange;
import meower.query.index.IndexName;
import meower.query.index.MeowIndex;
import meower.query.meow.DeletedMeow;
import meower.query.meow.EncodedMeow;
import meower.query.meow.MeowNow;
import meower.query.meow.TimelineMeow;
import meower.query.model.MeowDocument;
import meower.query.view.View;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownAnswersTests {

  private static final Position POSITION = new Position("epoch", 100);
  private static final View VIEW = view(1, "uuid", MeowDocument.FIELDS);
  private static final SearchRequest CAT = request("breakfast", null, 20, 0);
  private static final SearchResult ONE = found(1, false);

  private record Event(long sequence, MeowChange change) {}

  private final List<Event> events = new ArrayList<>();
  private long nanos;
  private Position seen = POSITION;
  private final KnownAnswers known = new KnownAnswers(this::untouched, () -> nanos);

  @Test
  void answersLikeAMomentAgo() {
    known.learn(VIEW, CAT, ONE);
    assertThat(known.find(VIEW, CAT)).containsSame(ONE);
    assertThat(known.find(VIEW, request("BREAKFAST", "relevance", 20, 0))).containsSame(ONE);
    seen = POSITION.at(200);
    assertThat(known.find(at(200), CAT)).containsSame(ONE);
  }

  @Test
  void knowsNothingElse() {
    known.learn(VIEW, CAT, ONE);
    assertThat(known.find(VIEW, request("breakfast ", null, 20, 0))).isEmpty();
    assertThat(known.find(VIEW, request("breakfast", "newest", 20, 0))).isEmpty();
    assertThat(known.find(VIEW, request("breakfast", null, 19, 0))).isEmpty();
    assertThat(known.find(VIEW, request("breakfast", null, 20, 20))).isEmpty();
  }

  @Test
  void saysNothingOfAnEarlierViewOrAnotherIndex() {
    known.learn(VIEW, CAT, ONE);
    assertThat(known.find(at(99), CAT)).isEmpty();
    assertThat(known.find(new View(VIEW.index(), new Position("another", 100)), CAT)).isEmpty();
    assertThat(known.find(view(2, "uuid", MeowDocument.FIELDS), CAT)).isEmpty();
    assertThat(known.find(view(1, "another", MeowDocument.FIELDS), CAT)).isEmpty();
  }

  @Test
  void saysNothingOfWhatIsNotSeenYet() {
    known.learn(VIEW, CAT, ONE);
    seen = POSITION.at(150);
    assertThat(known.find(at(151), CAT)).isEmpty();
    assertThat(known.find(at(150), CAT)).isPresent();
  }

  @Test
  void holdsUntilAMeowComesThatWouldBeFound() {
    known.learn(VIEW, CAT, ONE);
    come(101, "a lunch");
    assertThat(known.find(at(101), CAT)).isPresent();
    come(102, "a brekfast, with an error");
    assertThat(known.find(at(102), CAT)).isEmpty();
  }

  @Test
  void holdsUntilAFoundMeowIsChanged() {
    known.learn(VIEW, CAT, ONE);
    edit(101, "other", "a lunch");
    delete(102, "another");
    assertThat(known.find(at(102), CAT)).isPresent();
    edit(103, "id0", "a lunch");
    assertThat(known.find(at(103), CAT)).isEmpty();
  }

  @Test
  void holdsUntilAFoundMeowIsDeleted() {
    known.learn(VIEW, CAT, ONE);
    delete(101, "id0");
    assertThat(known.find(at(101), CAT)).isEmpty();
  }

  /** It may be one of those that are found further down. */
  @Test
  void holdsAsAPartUntilAnyMeowIsChanged() {
    SearchRequest last = request("breakfast", null, 20, 20);
    known.learn(VIEW, CAT, found(20, true));
    known.learn(VIEW, last, ONE);
    come(101, "a lunch");
    assertThat(known.find(at(101), CAT)).isPresent();
    assertThat(known.find(at(101), last)).isPresent();
    delete(102, "other");
    assertThat(known.find(at(102), CAT)).isEmpty();
    assertThat(known.find(at(102), last)).isEmpty();
  }

  @Test
  void asksOnceOfEachEvent() {
    known.learn(VIEW, CAT, ONE);
    come(101, "a lunch");
    assertThat(known.find(at(101), CAT)).isPresent();
    events.clear();
    come(101, "a breakfast, had it come now");
    assertThat(known.find(at(101), CAT)).isPresent();
  }

  @Test
  void forgetsSoonSinceOperatorsChangeAnIndexToo() {
    known.learn(VIEW, CAT, ONE);
    nanos += Duration.ofSeconds(10).toNanos();
    assertThat(known.find(VIEW, CAT)).isPresent();
    nanos++;
    assertThat(known.find(VIEW, CAT)).isEmpty();
    known.learn(VIEW, CAT, ONE);
    assertThat(known.find(VIEW, CAT)).isPresent();
  }

  @Test
  void holdsOnlySoMany() {
    known.learn(VIEW, CAT, ONE);
    for (int i = 0; i < 500; i++) {
      known.learn(VIEW, request("word" + i, null, 20, 0), ONE);
    }
    assertThat(known.find(VIEW, CAT)).isEmpty();
    assertThat(known.find(VIEW, request("word0", null, 20, 0))).isPresent();
    known.learn(VIEW, CAT, ONE);
    assertThat(known.find(VIEW, request("word0", null, 20, 0))).as("in use").isPresent();
    assertThat(known.find(VIEW, request("word1", null, 20, 0))).isEmpty();
  }

  @Test
  void holdsNoneThatIsLargeAndNotTheOneBefore() {
    SearchRequest large = request("breakfast", null, 100, 0);
    known.learn(VIEW, large, found(20, false));
    assertThat(known.find(VIEW, large)).isPresent();
    known.learn(VIEW, large, found(21, false));
    assertThat(known.find(VIEW, large)).isEmpty();
  }

  @Test
  void doesNotSpeakOfAnIndexWithoutWords() {
    View former = view(1, "uuid", Set.of("text"));
    known.learn(former, CAT, ONE);
    assertThat(known.find(former, CAT)).isEmpty();
  }

  /** Also when it does not hold any more. */
  @Test
  void remembersWhatWasNotFull() {
    assertThat(known.wasNotFull(CAT)).isFalse();
    known.learn(VIEW, CAT, ONE);
    come(101, "a breakfast");
    nanos += Duration.ofMinutes(1).toNanos();
    assertThat(known.wasNotFull(CAT)).isTrue();
    known.learn(VIEW, CAT, found(20, true));
    assertThat(known.wasNotFull(CAT)).isFalse();
  }

  private Optional<Position> untouched(
      Position since, Position end, Predicate<MeowChange> concerns) {
    boolean isTouched =
        events.stream()
            .filter(event -> event.sequence() > since.sequence())
            .anyMatch(event -> concerns.test(event.change()));
    return seen.sequence() < end.sequence() || isTouched ? Optional.empty() : Optional.of(seen);
  }

  private void come(long sequence, String body) {
    add(sequence, new TimelineMeow("id" + sequence, body, "2026", null, null));
  }

  private void edit(long sequence, String id, String body) {
    add(sequence, new TimelineMeow(id, body, "2026", 2, "2027"));
  }

  private void delete(long sequence, String id) {
    add(sequence, new DeletedMeow(id, "2027", "author"));
  }

  private void add(long sequence, MeowNow meow) {
    seen = POSITION.at(sequence);
    events.add(new Event(sequence, new MeowChange(sequence, EncodedMeow.of(meow))));
  }

  private static View view(int generation, String uuid, Set<String> fields) {
    return new View(new MeowIndex(new IndexName(4, "epoch", generation), uuid, fields), POSITION);
  }

  private static View at(long sequence) {
    return new View(VIEW.index(), POSITION.at(sequence));
  }

  private static SearchRequest request(String query, @Nullable String order, int take, int skip) {
    return SearchRequest.of(query, order, "" + take, "" + skip, null);
  }

  private static SearchResult found(int count, boolean more) {
    List<FoundMeow> meows =
        IntStream.range(0, count)
            .mapToObj(i -> new FoundMeow("id" + i, "a breakfast", "2026", null, null, List.of()))
            .toList();
    return new SearchResult(meows, new SearchTotal(count, !more), more);
  }
}
