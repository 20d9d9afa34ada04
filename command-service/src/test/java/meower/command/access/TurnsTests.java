package meower.command.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TurnsTests {

  private final Turns turns = new Turns(Duration.ofMillis(20));

  @Test
  void oneOfAnAddressAtATime() throws Exception {
    assertThat(turns.take("a", () -> elsewhere("a"))).contains("late");
    assertThat(turns.take("a", () -> "again")).contains("again");
  }

  @Test
  void nobodyWaitsForOthers() {
    assertThat(turns.take("a", () -> elsewhere("b"))).contains("at turn");
  }

  @Test
  void remembersNobody() {
    turns.take("a", () -> elsewhere("b"));
    turns.take("a", () -> elsewhere("a"));

    assertThat(turns.size()).isZero();
  }

  private String elsewhere(String address) {
    return turns.take(address, () -> "at turn").orElse("late");
  }
}
