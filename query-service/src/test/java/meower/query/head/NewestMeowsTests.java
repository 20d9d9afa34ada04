package meower.query.head;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import meower.query.meow.DeletedMeow;
import meower.query.meow.EncodedMeow;
import meower.query.meow.TimelineMeow;
import meower.query.view.TimelineRequest;
import meower.schema.MeowCreated;
import meower.schema.MeowEdited;
import meower.schema.MeowId;
import meower.schema.Position;
import meower.search.BestMatch;
import meower.search.SearchQuery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NewestMeowsTests {

  private static final Instant POSTED = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant EDITED = Instant.parse("2026-01-02T03:05:00Z");
  private static final Position START = new Position("e1", 0);

  private final NewestMeows newest = new NewestMeows(START, 8, true);

  @Test
  void showsTheNewestFirst() {
    append(1, 5);

    NewestPage page = page("3", null, null, null).orElseThrow();
    assertThat(ids(page)).containsExactly(5, 4, 3);
    assertThat(page.more()).isTrue();
    assertThat(page.position()).isEqualTo(START.at(5));
    assertThat(new String(page.json(), UTF_8))
        .startsWith(
            "[{\"id\":\"" + id(5) + "\",\"body\":\"meow 5\",\"created_at\":\"" + POSTED + "\"},{")
        .endsWith("}]");
  }

  @Test
  void showsAllWhenThereIsNothingOlder() {
    append(1, 5);

    NewestPage page = page("100", null, null, null).orElseThrow();
    assertThat(ids(page)).containsExactly(5, 4, 3, 2, 1);
    assertThat(page.more()).isFalse();
    assertThat(page("2", "4", null, null)).map(NewestMeowsTests::ids).contains(List.of(1));
    assertThat(page("2", "7", null, null)).map(NewestMeowsTests::ids).contains(List.of());
  }

  @Test
  void hasNoPageThatReachesBeyondTheWindow() {
    append(1, 12);

    assertThat(page("7", null, null, null)).map(NewestMeowsTests::ids).isPresent();
    assertThat(page("8", null, null, null)).as("whether there is more is not known").isEmpty();
    assertThat(page("2", null, id(3), null)).isEmpty();
    assertThat(page("2", null, null, id(4))).as("4 has fallen out").isEmpty();
    assertThat(page("2", null, null, id(5))).map(NewestMeowsTests::ids).contains(List.of(7, 6));
  }

  @Test
  void findsTheNewestThatAreWantedUpToAPosition() {
    append(1, 5);
    newest.take(6, 4, deleted(4));

    assertThat(found(START.at(6), 2, "meow")).contains(List.of("meow 5", "meow 3"));
    assertThat(found(START.at(4), 2, "meow")).contains(List.of("meow 3", "meow 2"));
    assertThat(found(START.at(6), 1, "2")).contains(List.of("meow 2"));
  }

  @Test
  void findsNothingWhenNotSoManyAreHeld() {
    append(1, 12);

    assertThat(found(START.at(12), 8, "meow")).isPresent();
    assertThat(found(START.at(12), 9, "meow")).isEmpty();
    assertThat(found(START.at(12), 2, "7")).as("there may be older ones").isEmpty();
    assertThat(found(START.at(13), 1, "meow")).as("13 was not seen yet").isEmpty();
    assertThat(found(new Position("another", 9), 1, "meow")).isEmpty();
  }

  private Optional<List<String>> found(Position end, int count, String word) {
    BestMatch best = BestMatch.of(SearchQuery.parse(word)).orElseThrow();
    return newest
        .find(end, count, best::is)
        .map(meows -> meows.stream().map(each -> each.meow().body()).toList());
  }

  @Test
  void tellsUpToWhereNothingConcernsWhatIsKnown() {
    append(1, 5);
    newest.take(6, 4, deleted(4));
    newest.skip(7);

    assertThat(untouched(START.at(5), START.at(7), id(3))).contains(START.at(7));
    assertThat(untouched(START.at(5), START.at(6), id(4))).as("deleted with 6").isEmpty();
    assertThat(untouched(START.at(6), START.at(6), id(4))).contains(START.at(7));
    assertThat(untouched(START.at(2), START.at(4), id(3))).isEmpty();
    assertThat(untouched(START.at(5), START.at(8), id(3))).as("8 is not seen yet").isEmpty();
    assertThat(untouched(new Position("another", 5), START.at(6), id(3))).isEmpty();
    assertThat(untouched(START.at(5), new Position("another", 6), id(3))).isEmpty();
  }

  private Optional<Position> untouched(Position since, Position end, String concerned) {
    return newest.untouched(since, end, change -> change.id().equals(concerned));
  }

  @Test
  void showsNothingBeforeTheFirstMeow() {
    NewestPage page = page("3", null, null, null).orElseThrow();

    assertThat(page.meows()).isEmpty();
    assertThat(new String(page.json(), UTF_8)).isEqualTo("[]");
    assertThat(new NewestMeows(START.at(9), 8, false).page(request("3", null, null, null)))
        .as("there may be older ones")
        .isEmpty();
  }

  @Test
  void hasNothingWhenItIsToHoldNone() {
    NewestMeows none = new NewestMeows(START, 0, true);
    assertThat(none.page(request("3", null, null, null))).as("there are none").isPresent();
    none.take(1, 1, meow(1));

    assertThat(none.page(request("3", null, null, null))).isEmpty();
    assertThat(none.find(new MeowId(id(1)))).isEmpty();
    assertThat(none.head()).isEqualTo(START.at(1));
  }

  @Test
  void saysHowFarTheStreamWasSeen() {
    append(1, 2);
    newest.skip(3);

    assertThat(page("1", null, null, null).orElseThrow().position()).isEqualTo(START.at(3));
  }

  @Test
  void showsTheLatestTextInItsPlace() {
    append(1, 4);
    newest.take(5, 2, edited(2, 3));
    newest.take(6, 2, edited(2, 2));

    NewestPage page = page("3", null, null, null).orElseThrow();
    assertThat(ids(page)).containsExactly(4, 3, 2);
    assertThat(page.position()).isEqualTo(START.at(6));
    assertThat(new String(page.json(), UTF_8))
        .endsWith(
            "{\"id\":\"%s\",\"body\":\"text 3\",\"created_at\":\"%s\",\"revision\":3,\"edited_at\":\"%s\"}]"
                .formatted(id(2), POSTED, EDITED));
  }

  @Test
  void fillsUpAPageWithoutTheDeleted() {
    append(1, 6);
    newest.take(7, 5, deleted(5));
    newest.take(8, 3, deleted(3));

    NewestPage page = page("3", null, null, null).orElseThrow();
    assertThat(ids(page)).containsExactly(6, 4, 2);
    assertThat(page.more()).isTrue();
    assertThat(page("4", null, null, null).orElseThrow().more()).isFalse();
    assertThat(page("2", "2", null, null)).map(NewestMeowsTests::ids).contains(List.of(2, 1));
  }

  @Test
  void beginsAPageAtADeletedMeow() {
    append(1, 6);
    newest.take(7, 4, deleted(4));

    assertThat(page("2", null, id(4), null)).map(NewestMeowsTests::ids).contains(List.of(3, 2));
    assertThat(page("9", null, null, id(4))).map(NewestMeowsTests::ids).contains(List.of(6, 5));
    assertThat(newest.find(new MeowId(id(4))).orElseThrow().deleted()).isPresent();
  }

  @Test
  void neverShowsADeletedMeowAgain() {
    append(1, 3);
    newest.take(4, 2, deleted(2));
    newest.take(5, 2, edited(2, 9));
    newest.take(6, 6, meow(2));

    assertThat(page("9", null, null, null)).map(NewestMeowsTests::ids).contains(List.of(3, 1));
  }

  @Test
  void leavesAPageToTheIndexWhenDeletionsLetItReachBeyondTheWindow() {
    append(1, 12);
    assertThat(page("7", null, null, null)).isPresent();
    newest.take(13, 9, deleted(9));

    assertThat(page("7", null, null, null)).isEmpty();
    assertThat(page("6", null, null, null)).map(p -> ids(p).getLast()).contains(6);
  }

  @Test
  void keepsThePlaceOfADeletionThatIsTheFirstOfItsMeow() {
    append(1, 2);
    newest.take(3, 3, deleted(3));
    append(4, 4);

    assertThat(page("2", null, id(3), null)).map(NewestMeowsTests::ids).contains(List.of(2, 1));
    assertThat(page("3", null, null, null)).map(NewestMeowsTests::ids).contains(List.of(4, 2, 1));
  }

  @Test
  void vouchesForNothingBelowAPlaceThatIsMissing() {
    append(1, 2);
    newest.skip(3);
    append(4, 5);
    newest.take(6, 3, edited(3, 2));

    assertThat(page("1", null, null, null)).map(NewestMeowsTests::ids).contains(List.of(5));
    assertThat(page("2", null, null, null)).as("3 is to be above 2").isEmpty();
    assertThat(page("1", null, id(2), null)).isEmpty();
    append(7, 13);
    assertThat(page("8", null, null, null)).as("one of them fell out, one is below").isEmpty();
    assertThat(page("7", null, null, null)).map(p -> ids(p).getLast()).contains(7);
  }

  @Test
  void caresForNoEventsOfOlderMeows() {
    append(1, 12);
    newest.take(13, 2, edited(2, 2));
    newest.take(14, 3, deleted(3));

    assertThat(page("7", null, null, null)).map(p -> p.position().sequence()).contains(14L);
  }

  /** Compared with a list of all meows, while some are edited and deleted. */
  @Test
  void agreesWithATimelineInWhichMeowsAreEditedAndDeleted() {
    Random random = new Random(5);
    List<Integer> all = new ArrayList<>();
    Set<Integer> gone = new HashSet<>();
    int answered = 0;
    for (int i = 1; i <= 400; i++) {
      int other = Math.max(1, i - 1 - random.nextInt(14));
      switch (all.isEmpty() ? 0 : random.nextInt(4)) {
        case 1 -> {
          newest.take(2L * i - 1, 2L * other, deleted(other));
          gone.add(other);
        }
        case 2 -> newest.take(2L * i - 1, 2L * other, edited(other, i));
        default -> {}
      }
      all.addFirst(i);
      newest.take(2L * i, 2L * i, meow(i));
      for (int j = 0; j < 20; j++) {
        int take = 1 + random.nextInt(5);
        int skip = random.nextInt(3);
        Integer before = random.nextBoolean() ? null : Math.max(1, i - random.nextInt(12));
        Integer after = random.nextBoolean() ? null : Math.max(1, i - random.nextInt(12));
        Optional<NewestPage> page =
            page(Integer.toString(take), Integer.toString(skip), id(before), id(after));
        if (page.isPresent()) {
          answered++;
          List<Integer> between =
              between(all, before, after).stream().filter(m -> !gone.contains(m)).toList();
          boolean upwards = after != null && before == null;
          List<Integer> order = upwards ? between.reversed() : between;
          List<Integer> wanted = order.stream().skip(skip).limit(take).toList();
          assertThat(ids(page.get()))
              .as("take %s skip %s before %s after %s of %s", take, skip, before, after, i)
              .isEqualTo(upwards ? wanted.reversed() : wanted);
          assertThat(page.get().more()).isEqualTo(order.size() > skip + take);
        }
      }
    }
    assertThat(answered).isGreaterThan(2_000);
  }

  /** Compared with a list of all meows. */
  @Test
  void agreesWithAnEndlessTimelineWhereverItHasAPage() {
    Random random = new Random(3);
    List<Integer> all = new ArrayList<>();
    int answered = 0;
    for (int i = 1; i <= 300; i++) {
      append(i, i);
      all.addFirst(i);
      for (int j = 0; j < 20; j++) {
        int take = 1 + random.nextInt(6);
        int skip = random.nextInt(4);
        Integer before = random.nextBoolean() ? null : Math.max(1, i - random.nextInt(12));
        Integer after = random.nextBoolean() ? null : Math.max(1, i - random.nextInt(12));
        Optional<NewestPage> page =
            page(Integer.toString(take), Integer.toString(skip), id(before), id(after));
        if (page.isPresent()) {
          answered++;
          List<Integer> between = between(all, before, after);
          boolean upwards = after != null && before == null;
          List<Integer> order = upwards ? between.reversed() : between;
          List<Integer> wanted = order.stream().skip(skip).limit(take).toList();
          assertThat(ids(page.get()))
              .as("take %s skip %s before %s after %s of %s", take, skip, before, after, i)
              .isEqualTo(upwards ? wanted.reversed() : wanted);
          assertThat(page.get().more()).isEqualTo(order.size() > skip + take);
        }
      }
    }
    assertThat(answered).isGreaterThan(2_000);
  }

  @Test
  void showsWholePagesWhileMeowsPourIn() throws Exception {
    NewestMeows large = new NewestMeows(START, 1_000, true);
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 1; i <= 300_000; i++) {
                large.take(i, i, meow(i));
              }
            });
    int pages = 0;
    while (writer.isAlive()) {
      Optional<NewestPage> page = large.page(request("50", "10", null, null));
      if (page.isPresent() && page.get().position().sequence() > 60) {
        pages++;
        long top = page.get().position().sequence() - 10;
        List<Integer> ids = ids(page.get());
        assertThat(ids).hasSize(50);
        assertThat(ids.getFirst()).isEqualTo((int) top);
        assertThat(ids.getLast()).isEqualTo((int) top - 49);
      }
    }
    writer.join();
    assertThat(pages).isGreaterThan(10);
  }

  private static List<Integer> between(
      List<Integer> all, @Nullable Integer before, @Nullable Integer after) {
    return all.stream()
        .filter(i -> (before == null || i < before) && (after == null || i > after))
        .toList();
  }

  private void append(int from, int to) {
    for (int i = from; i <= to; i++) {
      newest.take(i, i, meow(i));
    }
  }

  private Optional<NewestPage> page(
      String take, @Nullable String skip, @Nullable String before, @Nullable String after) {
    return newest.page(request(take, skip, before, after));
  }

  private static TimelineRequest request(
      String take, @Nullable String skip, @Nullable String before, @Nullable String after) {
    return TimelineRequest.of(take, skip, before, after);
  }

  private static EncodedMeow edited(int number, int revision) {
    return EncodedMeow.of(
        TimelineMeow.of(
            new MeowEdited(new MeowId(id(number)), revision, "text " + revision, POSTED, EDITED)));
  }

  private static EncodedMeow deleted(int number) {
    return EncodedMeow.of(new DeletedMeow(id(number), "2028", "author"));
  }

  private static EncodedMeow meow(int number) {
    return EncodedMeow.of(
        TimelineMeow.of(new MeowCreated(new MeowId(id(number)), "meow " + number, POSTED)));
  }

  private static List<Integer> ids(NewestPage page) {
    return page.meows().stream().map(meow -> Integer.valueOf(meow.id().substring(20))).toList();
  }

  private static @Nullable String id(@Nullable Integer number) {
    return number == null ? null : id(number.intValue());
  }

  private static String id(int number) {
    return "3G12Ptjdq1Yd5cJrsHFt%07d".formatted(number);
  }
}
