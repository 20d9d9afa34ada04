package meower.query.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import meower.query.index.IndexName;
import meower.query.index.MeowIndex;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadableIndexesTests {

  private static final MeowIndex OLD = index("old", 1);
  private static final MeowIndex REBUILT = index("old", 2);
  private static final MeowIndex OF_A_NEW_STREAM = index("new", 1);

  private final Map<MeowIndex, Long> floors = new HashMap<>();
  private final ReadableIndexes readable = ReadableIndexes.only(floor(OLD));

  @Test
  void staysAsItIsWhileReadersStay() {
    assertThat(readable.follow(OLD, this::floor)).isSameAs(readable);
  }

  @Test
  void keepsTheIndexThatWasReadBeforeAndNoOther() {
    ReadableIndexes next =
        readable.follow(REBUILT, this::floor).follow(OF_A_NEW_STREAM, this::floor);

    assertThat(next.current().index()).isEqualTo(OF_A_NEW_STREAM);
    assertThat(next.former().map(AckFloor::index)).contains(REBUILT);
  }

  @Test
  void remembersWhatIsKnownOfTheFormerIndexWhenReadersGoBack() {
    ReadableIndexes back = readable.follow(REBUILT, this::floor).follow(OLD, this::floor);

    assertThat(back.current()).isSameAs(readable.current());
    assertThat(back.former().map(AckFloor::index)).contains(REBUILT);
  }

  /** What was shown is 7; a column without a number is an index of which nothing is known. */
  @ParameterizedTest
  @CsvSource({
    "8, 9, 8, the new index has all that was shown",
    "7, 9, 7, just so",
    "6, 9, 9, the new one is behind: the former one serves",
    " , 9, 9, NATS has not said how far the new one is",
    "6,  ,  , nothing reaches what was shown",
    " ,  ,  , nothing is known",
  })
  void neverShowsLessThanBefore(
      @Nullable Long current, @Nullable Long former, @Nullable Long expected, String why) {
    know(REBUILT, current);
    know(OLD, former);
    HighWaterMark shown = HighWaterMark.NONE.advance(new Position("old", 7));

    assertThat(readable.follow(REBUILT, this::floor).view(shown::isReachedBy).map(View::position))
        .as(why)
        .isEqualTo(Optional.ofNullable(expected).map(sequence -> new Position("old", sequence)));
  }

  @Test
  void beginsAnewWithANewStream() {
    know(OLD, 9L);
    know(OF_A_NEW_STREAM, 1L);
    HighWaterMark shown = HighWaterMark.NONE.advance(new Position("old", 9));

    assertThat(readable.follow(OF_A_NEW_STREAM, this::floor).view(shown::isReachedBy))
        .contains(new View(OF_A_NEW_STREAM, new Position("new", 1)));
  }

  private void know(MeowIndex index, @Nullable Long sequence) {
    if (sequence != null) {
      floors.put(index, sequence);
    }
  }

  private AckFloor floor(MeowIndex index) {
    return new AckFloor((asked, _) -> Optional.ofNullable(floors.get(asked)), index, () -> 0);
  }

  private static MeowIndex index(String epoch, int generation) {
    IndexName name = new IndexName(1, epoch, generation);
    return new MeowIndex(name, "uuid of " + name, Set.of());
  }
}
