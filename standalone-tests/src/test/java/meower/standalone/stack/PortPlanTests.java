package meower.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PortPlanTests {
  @Test
  void derivesEveryPortFromThePublicOne() {
    var plan = new PortPlan(8080);
    assertThat(plan.of(Part.COMMAND)).isEqualTo(8081);
    assertThat(plan.managementOf(Instance.first(Part.PUSHER))).isEqualTo(8093);
    assertThat(plan.of(Part.PROGRAM)).isEqualTo(8105);
    assertThat(plan.managementOf(new Instance(Part.PROGRAM, 3))).isEqualTo(8117);
    assertThat(plan.of(Part.POSTGRES)).isEqualTo(8100);
    assertThat(plan.of(Part.ELASTICSEARCH)).isEqualTo(8103);
    assertThat(plan.secure()).isEqualTo(8443);
  }

  @Test
  void givesNoPortToTwo() {
    assertThat(new PortPlan(8080).users()).hasSize(14);
    assertThat(new PortPlan(8080, Instance.MOST).users()).hasSize(14 + 2 * 8);
    assertThat(new PortPlan(8080, Instance.MOST).withTls().users()).hasSize(15 + 2 * 8);
  }
}
