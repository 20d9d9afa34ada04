package meower.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import meower.query.index.IndexCatalog;
import meower.query.index.IndexName;
import meower.query.index.Mapping;
import meower.query.index.MeowIndex;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IndexPlanTests {

  private static final Mapping MAPPING = new Mapping(2);
  private static final IndexName FIRST = new IndexName(2, "now", 1);
  private static final MeowIndex ONE = index(2, "now", 1);
  private static final MeowIndex REBUILT = index(2, "now", 2);
  private static final MeowIndex TENTH = index(2, "now", 10);
  private static final MeowIndex OF_THE_OLD_STREAM = index(2, "then", 7);
  private static final MeowIndex OF_THE_OLD_MAPPING = index(1, "now", 7);
  private static final MeowIndex OF_A_NEWER_MAPPING = index(3, "now", 1);
  private static final MeowIndex OF_A_NEWER_MAPPING_AND_THE_OLD_STREAM = index(3, "then", 1);

  static Stream<Arguments> plans() {
    return Stream.of(
        plan("nothing", List.of(), null, create()),
        plan("another stream's", List.of(OF_THE_OLD_STREAM), OF_THE_OLD_STREAM, create()),
        plan("another mapping's", List.of(OF_THE_OLD_MAPPING), OF_THE_OLD_MAPPING, create()),
        plan("the one that is read", List.of(ONE), ONE, keep(ONE, ONE)),
        plan("one that nobody reads yet", List.of(ONE), null, keep(ONE, ONE)),
        plan("a rebuild", List.of(ONE, REBUILT), ONE, keep(REBUILT, ONE, REBUILT)),
        plan("the tenth", List.of(TENTH, REBUILT), TENTH, keep(TENTH, TENTH, REBUILT)),
        plan(
            "the old stream's beside the new one's",
            List.of(OF_THE_OLD_STREAM, ONE),
            OF_THE_OLD_STREAM,
            keep(ONE, ONE)),
        plan(
            "the old mapping's beside the new one's",
            List.of(OF_THE_OLD_MAPPING, ONE),
            OF_THE_OLD_MAPPING,
            keep(ONE, OF_THE_OLD_MAPPING, ONE)),
        plan(
            "a newer mapping's that is being filled",
            List.of(ONE, OF_A_NEWER_MAPPING),
            ONE,
            keep(ONE, ONE)),
        plan(
            "a newer mapping's that is read",
            List.of(ONE, OF_A_NEWER_MAPPING),
            OF_A_NEWER_MAPPING,
            new IndexPlan.LeaveToNewer()),
        plan(
            "a newer mapping's of the old stream that is read",
            List.of(OF_A_NEWER_MAPPING_AND_THE_OLD_STREAM),
            OF_A_NEWER_MAPPING_AND_THE_OLD_STREAM,
            new IndexPlan.LeaveToNewer()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("plans")
  void follows(String there, IndexCatalog catalog, IndexPlan plan) {
    assertThat(IndexPlan.of(MAPPING, "now", catalog, Set.of())).as(there).isEqualTo(plan);
  }

  @Test
  void wantsAConsumerOnlyForAnIndexWithoutOne() {
    IndexCatalog catalog = new IndexCatalog(List.of(ONE, REBUILT), Optional.of(ONE));

    assertThat(IndexPlan.of(MAPPING, "now", catalog, Set.of(ONE.consumer())))
        .isEqualTo(keep(REBUILT, REBUILT));
  }

  @Test
  void wantsAConsumerForAnIndexThatWasMadeAgain() {
    MeowIndex again = new MeowIndex(ONE.name(), "another uuid", Set.of());
    IndexCatalog catalog = new IndexCatalog(List.of(again), Optional.of(again));

    assertThat(IndexPlan.of(MAPPING, "now", catalog, Set.of(ONE.consumer())))
        .isEqualTo(keep(again, again));
  }

  private static Arguments plan(
      String there, List<MeowIndex> all, @Nullable MeowIndex read, IndexPlan plan) {
    return Arguments.of(there, new IndexCatalog(all, Optional.ofNullable(read)), plan);
  }

  private static IndexPlan create() {
    return new IndexPlan.Create(FIRST);
  }

  private static IndexPlan keep(MeowIndex target, MeowIndex... unconsumed) {
    return new IndexPlan.Keep(target, List.of(unconsumed));
  }

  private static MeowIndex index(int mapping, String epoch, int generation) {
    IndexName name = new IndexName(mapping, epoch, generation);
    return new MeowIndex(name, "uuid of " + name, Set.of());
  }
}
