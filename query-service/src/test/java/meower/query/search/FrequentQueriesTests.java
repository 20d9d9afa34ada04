package meower.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import meower.schema.Position;
import meower.search.SearchQuery;
import org.junit.jupiter.api.Test;

class FrequentQueriesTests {

  private static final SearchQuery CAT = SearchQuery.parse("cat");
  private static final Position SEEN = new Position("epoch", 100);

  private long nanos;
  private final FrequentQueries frequent = new FrequentQueries(() -> nanos);

  @Test
  void knowsWhatItHasSeen() {
    frequent.add(CAT, SEEN);
    assertThat(frequent.isWorthLooking(SearchQuery.parse("CAT"), SEEN.at(200))).isTrue();
    assertThat(frequent.isWorthLooking(SearchQuery.parse("dog"), SEEN)).isFalse();
  }

  /** There were fewer then, or none at all. */
  @Test
  void saysNothingOfWhatWasBefore() {
    frequent.add(CAT, SEEN);
    assertThat(frequent.isWorthLooking(CAT, SEEN.at(99))).isFalse();
    assertThat(frequent.isWorthLooking(CAT, new Position("another", 200))).isFalse();
  }

  @Test
  void forgetsSoonSinceMeowsAreDeleted() {
    frequent.add(CAT, SEEN);
    nanos += Duration.ofSeconds(9).toNanos();
    frequent.add(CAT, SEEN.at(500));
    assertThat(frequent.isWorthLooking(CAT, SEEN)).as("still the first time").isTrue();
    nanos += Duration.ofSeconds(2).toNanos();
    assertThat(frequent.isWorthLooking(CAT, SEEN.at(500))).isFalse();
    frequent.add(CAT, SEEN.at(600));
    assertThat(frequent.isWorthLooking(CAT, SEEN.at(600))).isTrue();
  }

  @Test
  void looksNoMoreForWhatIsScattered() {
    frequent.add(CAT, SEEN);
    frequent.addScattered(CAT);
    assertThat(frequent.isWorthLooking(CAT, SEEN)).isFalse();
  }

  @Test
  void holdsOnlySoMany() {
    frequent.add(CAT, SEEN);
    for (int i = 0; i < 1_000; i++) {
      frequent.add(SearchQuery.parse("word" + i), SEEN);
    }
    assertThat(frequent.isWorthLooking(CAT, SEEN)).isFalse();
    assertThat(frequent.isWorthLooking(SearchQuery.parse("word0"), SEEN)).isTrue();
    frequent.add(CAT, SEEN);
    assertThat(frequent.isWorthLooking(SearchQuery.parse("word0"), SEEN)).as("in use").isTrue();
    assertThat(frequent.isWorthLooking(SearchQuery.parse("word1"), SEEN)).isFalse();
  }
}
