package meower.query.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import meower.query.index.IndexName;
import meower.query.index.MeowIndex;
import meower.schema.Position;
import org.junit.jupiter.api.Test;

/** Against a NATS that answers what the test wants. */
class AckFloorTests {

  private static final MeowIndex INDEX =
      new MeowIndex(new IndexName(1, "epoch", 1), "uuid", Set.of());

  private long now;
  private int requests;
  private Callable<Optional<Long>> answer = Optional::empty;
  private final AckFloor floor = new AckFloor((_, _) -> ask(), INDEX, () -> now);

  @Test
  void isWhatTheConsumerHasAcknowledged() {
    answer = () -> Optional.of(7L);

    assertThat(floor.position()).contains(new Position("epoch", 7));
  }

  @Test
  void costsOneRequestForAllReadersOfAMoment() {
    answer = () -> Optional.of(7L);

    floor.position();
    floor.position();
    assertThat(requests).isOne();

    passes(Duration.ofMillis(20));
    floor.position();
    assertThat(requests).isEqualTo(2);
  }

  @Test
  void staysWhileNatsIsAway() {
    answer = () -> Optional.of(7L);
    floor.position();
    answer =
        () -> {
          throw new IOException("away");
        };
    passes(Duration.ofSeconds(1));

    assertThat(floor.position()).contains(new Position("epoch", 7));
    assertThat(floor.position()).contains(new Position("epoch", 7));
    assertThat(requests).isEqualTo(2);
  }

  @Test
  void staysWhenTheConsumerIsForgotten() {
    answer = () -> Optional.of(7L);
    floor.position();
    answer = Optional::empty;
    passes(Duration.ofSeconds(1));

    assertThat(floor.position()).contains(new Position("epoch", 7));
  }

  @Test
  void isUnknownUntilNatsHasSaidIt() {
    assertThat(floor.position()).isEmpty();

    answer = () -> Optional.of(7L);
    passes(Duration.ofMillis(500));
    assertThat(floor.position()).contains(new Position("epoch", 7));
  }

  private Optional<Long> ask() throws IOException {
    requests++;
    try {
      return answer.call();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void passes(Duration time) {
    now += time.toNanos();
  }
}
