package meower.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import meower.query.index.IndexName;
import meower.query.index.MeowIndex;
import meower.query.rebuild.FillProgress.Filled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FillProgressTests {

  private static final MeowIndex INDEX = index(2);
  private static final MeowIndex FORMER_TARGET = index(1);

  @ParameterizedTest
  @CsvSource({
    "50, 50, 0,  true, everything",
    "50, 40, 10, true, what the stream had at the check before",
    "50, 41, 9,  true, more than that",
    "50, 39, 11, false, not yet what it had then",
    "0,  0,  0,  true, the nothing that there is",
  })
  void isTimeToCompareAnIndexThatHas(
      long end, long floor, long lag, boolean comparable, String what) {
    FillProgress earlier = new FillProgress(INDEX, true, 40, filled(20, 20));

    assertThat(
            new FillProgress(INDEX, true, end, filled(floor, lag)).comparable(Optional.of(earlier)))
        .as(what)
        .isEqualTo(comparable ? OptionalLong.of(floor) : OptionalLong.empty());
  }

  @ParameterizedTest
  @CsvSource({"0, 0, true", "100, 20099, true", "100, 20100, false", "1, 1000000, false"})
  void isNearTheEndOrWritesMayBeOnTheirWayThatNobodySees(long floor, long end, boolean isNear) {
    assertThat(new FillProgress.Filled(floor, 0).isNear(end)).isEqualTo(isNear);
  }

  @Test
  void waitsForTheSecondCheckOfAStreamThatGrows() {
    FillProgress growing = new FillProgress(INDEX, true, 50, filled(49, 1));

    assertThat(growing.comparable(Optional.empty())).isEmpty();
  }

  @Test
  void waitsWhileTheStreamIsRefilled() {
    FillProgress refilling = new FillProgress(INDEX, false, 50, filled(50, 0));

    assertThat(refilling.comparable(Optional.of(refilling))).isEmpty();
  }

  @Test
  void waitsWhileNothingFillsTheIndex() {
    FillProgress unfilled = new FillProgress(INDEX, true, 0, Optional.empty());

    assertThat(unfilled.comparable(Optional.of(unfilled))).isEmpty();
  }

  @Test
  void doesNotCountWhatAnotherIndexHadToReach() {
    FillProgress other = new FillProgress(FORMER_TARGET, true, 10, filled(10, 0));

    assertThat(new FillProgress(INDEX, true, 50, filled(20, 30)).comparable(Optional.of(other)))
        .isEmpty();
  }

  /** Then the stream had only a part of what it has as a whole. */
  @Test
  void doesNotCountWhatTheStreamHadWhileItWasRefilled() {
    FillProgress refilling = new FillProgress(INDEX, false, 10, filled(10, 0));

    assertThat(new FillProgress(INDEX, true, 50, filled(20, 30)).comparable(Optional.of(refilling)))
        .isEmpty();
  }

  private static Optional<Filled> filled(long floor, long lag) {
    return Optional.of(new Filled(floor, lag));
  }

  private static MeowIndex index(int generation) {
    return new MeowIndex(new IndexName(1, "epoch", generation), "uuid " + generation, Set.of());
  }
}
