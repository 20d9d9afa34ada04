package meower.bench.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamEndTests {

  private final StreamEnd end = new StreamEnd();

  @Test
  void isBehindSinceThereWasMoreThanItHas() {
    end.at(100, 10);
    end.at(200, 20);
    end.at(300, 20);
    end.at(400, 30);

    assertThat(end.behind(500, 30)).as("has everything").isZero();
    assertThat(end.behind(500, 20)).as("lacks what came at 400").isEqualTo(100);
    assertThat(end.behind(500, 15)).as("lacks what came at 200").isEqualTo(300);
  }

  @Test
  void forgetsOnlyWhatEverybodyHas() {
    end.at(100, 10);
    end.at(200, 20);
    end.forgetUpTo(10);

    assertThat(end.behind(500, 10)).isEqualTo(300);
  }
}
