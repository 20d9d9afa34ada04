package meower.bench.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import meower.bench.lab.BenchOptions.Subject;
import org.junit.jupiter.api.Test;

class BenchOptionsTests {

  @Test
  void measuresWhatIsNamedFromFewToMany() {
    BenchOptions options =
        BenchOptions.parse(
            List.of("search", "post", "--meows", "1000000,10000", "--browsers", "100"));

    assertThat(options.subjects()).containsExactlyInAnyOrder(Subject.SEARCH, Subject.POST);
    assertThat(options.meows()).containsExactly(10_000, 1_000_000);
    assertThat(options.browsers()).containsExactly(100);
  }

  @Test
  void measuresEverythingUnlessAskedOtherwise() {
    assertThat(BenchOptions.parse(List.of()).subjects())
        .containsExactlyInAnyOrder(Subject.values());
    assertThat(BenchOptions.parse(List.of("all")).subjects()).hasSize(Subject.values().length);
  }

  @Test
  void holdsASnapshotForAsLongAsItIsTold() {
    assertThat(BenchOptions.parse(List.of("queues", "--minutes", "0.5")).held())
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(BenchOptions.parse(List.of()).held()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void saysWhatIsWrong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BenchOptions.parse(List.of("--meows", "10,many")))
        .withMessageContaining("--meows needs a number, not many");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BenchOptions.parse(List.of("posts")))
        .withMessageContaining("nothing to measure is called posts")
        .withMessageContaining("queues callbacks presence");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BenchOptions.parse(List.of("--rounds", "0")));
  }
}
