package meower.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlowStartTests {

  private final SlowStart size = new SlowStart(300);

  @Test
  void takesTwiceAsManyWithEachSuccessUpToTheMost() {
    assertThat(size.limit()).isEqualTo(50);
    size.succeeded();
    assertThat(size.limit()).isEqualTo(100);
    size.succeeded();
    size.succeeded();
    assertThat(size.limit()).isEqualTo(300);
  }

  @Test
  void takesFewAfterAFailure() {
    size.succeeded();
    size.succeeded();
    size.failed();

    assertThat(size.limit()).isEqualTo(50);
  }

  @Test
  void takesNeverMoreThanTheMost() {
    SlowStart single = new SlowStart(1);
    assertThat(single.limit()).isEqualTo(1);
    single.succeeded();
    assertThat(single.limit()).isEqualTo(1);
    single.failed();
    assertThat(single.limit()).isEqualTo(1);
  }
}
