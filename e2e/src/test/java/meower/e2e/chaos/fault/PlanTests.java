package meower.e2e.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import meower.standalone.stack.PortPlan;
import org.junit.jupiter.api.Test;

class PlanTests {

  private static final List<Fault> FAULTS =
      Plan.faults(List.of(FaultKind.values()), new PortPlan(8080, 2).all());

  @Test
  void isTheSameAgainWithTheSameSeed() {
    assertThat(steps(7, 100)).isEqualTo(steps(7, 100)).isNotEqualTo(steps(8, 100));
  }

  @Test
  void strikesWithEveryKindBeforeAnyKindComesTwice() {
    for (long seed = 0; seed < 50; seed++) {
      var kinds =
          struck(steps(seed, FaultKind.values().length)).map(Fault::kind).distinct().toList();
      assertThat(kinds).containsExactlyInAnyOrder(FaultKind.values());
    }
  }

  @Test
  void saysWhenEveryKindHasStruck() {
    for (long seed = 0; seed < 50; seed++) {
      var plan = new Plan(seed, FAULTS);
      var kinds = EnumSet.noneOf(FaultKind.class);
      while (!plan.hasShownEveryKind()) {
        struck(List.of(plan.next())).map(Fault::kind).forEach(kinds::add);
      }
      assertThat(kinds).containsExactlyInAnyOrder(FaultKind.values());
    }
  }

  @Test
  void strikesWithEveryFaultBeforeAnyComesThrice() {
    var seen = new HashSet<>(struck(steps(3, FAULTS.size())).toList());
    assertThat(seen).containsExactlyInAnyOrderElementsOf(FAULTS);
  }

  private static Stream<Fault> struck(List<Plan.Step> steps) {
    return steps.stream()
        .flatMap(step -> Stream.concat(Stream.of(step.fault()), step.second().stream()));
  }

  private static List<Plan.Step> steps(long seed, int count) {
    var plan = new Plan(seed, FAULTS);
    return Stream.generate(plan::next).limit(count).toList();
  }
}
