package meower.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import meower.query.index.IndexCatalog;
import meower.query.index.IndexName;
import meower.query.index.Mapping;
import meower.query.index.MeowIndex;
import org.junit.jupiter.api.Test;

class RemovalTests {

  private static final Mapping MAPPING = new Mapping(2);
  private static final MeowIndex TARGET = index(2, "now", 3);
  private static final MeowIndex READ = index(2, "now", 2);
  private static final MeowIndex FORMER = index(2, "now", 1);
  private static final MeowIndex OF_AN_OLD_STREAM = index(2, "then", 1);
  private static final MeowIndex OF_AN_OLD_MAPPING = index(1, "now", 1);
  private static final MeowIndex OF_A_NEWER_MAPPING = index(3, "now", 1);
  private static final Set<String> NO_ORPHANS = Set.of();

  /** A clock that overflows soon: it may begin anywhere. */
  private long now = Long.MAX_VALUE - 1;

  private Removal.Known known = Removal.Known.NOTHING;

  @Test
  void removesWhatIsNeitherReadNorToBeReadNorOfANewerVersion() {
    MeowIndex[] all = {
      TARGET, READ, FORMER, OF_AN_OLD_STREAM, OF_AN_OLD_MAPPING, OF_A_NEWER_MAPPING
    };
    round(NO_ORPHANS, all);
    passes(Duration.ofSeconds(10));

    assertThat(round(NO_ORPHANS, all).unwritten())
        .containsExactly(FORMER, OF_AN_OLD_STREAM, OF_AN_OLD_MAPPING);
  }

  @Test
  void keepsWhatIsObsoleteForAWhile() {
    assertThat(round(NO_ORPHANS, FORMER).unwritten()).isEmpty();
    passes(Duration.ofSeconds(10).minusNanos(1));

    assertThat(round(NO_ORPHANS, FORMER).unwritten()).isEmpty();
  }

  @Test
  void deletesAnIndexOnlyAfterARoundInWhichItWasLeftUnwritten() {
    round(NO_ORPHANS, FORMER);
    passes(Duration.ofSeconds(10));

    Removal first = round(NO_ORPHANS, FORMER);
    assertThat(first.unwritten()).containsExactly(FORMER);
    assertThat(first.indexes()).isEmpty();

    Removal second = round(NO_ORPHANS, FORMER);
    assertThat(second.unwritten()).containsExactly(FORMER);
    assertThat(second.indexes()).containsExactly(FORMER);
  }

  @Test
  void beginsAnewWithWhatWasNeededMeanwhile() {
    round(NO_ORPHANS, FORMER);
    passes(Duration.ofSeconds(10));
    round(NO_ORPHANS, FORMER);
    round(NO_ORPHANS);

    assertThat(round(NO_ORPHANS, FORMER).unwritten()).isEmpty();
  }

  @Test
  void beginsAnewWithAnIndexThatWasMadeAgain() {
    round(NO_ORPHANS, FORMER);
    passes(Duration.ofSeconds(10));
    MeowIndex again = new MeowIndex(FORMER.name(), "another uuid", Set.of());

    assertThat(round(NO_ORPHANS, again).unwritten()).isEmpty();
  }

  @Test
  void deletesAConsumerOnceItHasBeenWithoutItsIndexForAWhile() {
    Set<String> consumers = Set.of(READ.consumer(), FORMER.consumer());
    round(consumers, READ, FORMER);
    passes(Duration.ofSeconds(10));

    assertThat(round(consumers, READ).consumers()).isEmpty();
    passes(Duration.ofSeconds(10));

    assertThat(round(consumers, READ).consumers()).containsExactly(FORMER.consumer());
  }

  private Removal round(Set<String> consumers, MeowIndex... all) {
    Removal removal =
        Removal.of(
            known,
            new IndexCatalog(List.of(all), Optional.of(READ)),
            MAPPING,
            TARGET,
            consumers,
            Duration.ofSeconds(10),
            now);
    known = removal.next();
    return removal;
  }

  private void passes(Duration time) {
    now += time.toNanos();
  }

  private static MeowIndex index(int mapping, String epoch, int generation) {
    IndexName name = new IndexName(mapping, epoch, generation);
    return new MeowIndex(name, "uuid of " + name, Set.of());
  }
}
