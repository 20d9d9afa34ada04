package meower.pusher.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import meower.pusher.feed.Selection;
import meower.search.SearchQuery;
import org.junit.jupiter.api.Test;

class PlacesTests {

  private static final Selection ALL = Selection.EVERYTHING;
  private static final int EACH = Places.BYTES_FOR_EACH;

  /** What costs the most of all that may be followed. */
  private static final Selection WORST =
      new Selection.Topics(
          IntStream.range(0, 100)
              .mapToObj(i -> "x".repeat(136) + (100 + i))
              .collect(Collectors.toSet()));

  @Test
  void areAsManyAsThereMayBe() {
    Places places = new Places(2, 100 * EACH);
    Places.Place first = taken(places);
    assertThat(places.take(ALL)).isNotNull();
    assertThat(places.take(ALL)).isNull();
    first.leave();
    first.leave();
    assertThat(places.take(ALL)).isNotNull();
    assertThat(places.take(ALL)).isNull();
  }

  @Test
  void areFewerForThoseWhoCostMore() {
    assertThat(taken(new Places(1_000, 100 * EACH), ALL)).isEqualTo(100);
    // Measured: up to 170 KB each.
    assertThat(taken(new Places(1_000, 100 * EACH), WORST)).isBetween(8, 11);
    assertThat(taken(new Places(1_000, 100 * EACH), new Selection.Topics(Set.of("cats"))))
        .isBetween(90, 99);
    assertThat(
            taken(new Places(1_000, 100 * EACH), new Selection.Search(SearchQuery.parse("cats"))))
        .isBetween(80, 90);
  }

  @Test
  void costWhatIsFollowedNow() {
    Places places = new Places(100, 12 * EACH);
    Places.Place one = taken(places);
    Places.Place other = taken(places);
    assertThat(one.fits(WORST)).isTrue();
    assertThat(other.fits(WORST)).isFalse();
    assertThat(one.fits(ALL)).isTrue();
    assertThat(other.fits(WORST)).isTrue();
    other.leave();
    assertThat(other.fits(WORST)).isFalse();
    assertThat(taken(places, ALL)).isEqualTo(11);
  }

  @Test
  void areNeverNone() {
    assertThat(taken(new Places(1, 0), ALL)).isEqualTo(1);
  }

  private static Places.Place taken(Places places) {
    return Objects.requireNonNull(places.take(ALL));
  }

  private static int taken(Places places, Selection selection) {
    int taken = 0;
    while (places.take(selection) != null) {
      taken++;
    }
    return taken;
  }
}
