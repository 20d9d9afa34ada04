package meower.query.timeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import meower.schema.MeowId;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NewestMeowsTests {

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
        .startsWith("[{\"id\":\"" + id(5) + "\",\"body\":\"meow 5\",\"created_at\":\"2026\"},{")
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
    none.append(1, meow(1));

    assertThat(none.page(request("3", null, null, null))).isEmpty();
    assertThat(none.find(new MeowId(meow(1).id()))).isEmpty();
    assertThat(none.head()).isEqualTo(START.at(1));
  }

  @Test
  void saysHowFarTheStreamWasSeen() {
    append(1, 2);
    newest.skip(3);

    assertThat(page("1", null, null, null).orElseThrow().position()).isEqualTo(START.at(3));
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
                large.append(i, meow(i));
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
      newest.append(i, meow(i));
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

  private static EncodedMeow meow(int number) {
    return EncodedMeow.of(new TimelineMeow(id(number), "meow " + number, "2026"));
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
