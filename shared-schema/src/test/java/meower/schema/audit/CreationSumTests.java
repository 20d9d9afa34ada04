package meower.schema.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import meower.schema.MeowCreated;
import meower.schema.MeowId;
import org.junit.jupiter.api.Test;

class CreationSumTests {

  private static final MeowCreated MEOW =
      new MeowCreated(
          new MeowId("3G12Ptjdq1Yd5cJrsHFtjZdYqGU"),
          "Hello 🐈",
          Instant.parse("2026-11-21T03:45:10.123456Z"));

  /** As {@code select md5(E'7|3G12…|1795232710123456|Hello 🐈\n8|…')} says. */
  @Test
  void isWhatPostgresSays() {
    CreationSum sum = new CreationSum();
    sum.add(7, MEOW);
    sum.add(8, MEOW);

    assertThat(sum.count()).isEqualTo(2);
    assertThat(sum.hash()).isEqualTo("335baa00a4f1a18fceaebbb2904f4d07");
  }

  @Test
  void isEmptyWithoutAny() {
    assertThat(new CreationSum().hash()).isEmpty();
  }

  @Test
  void differsWhereOneIsWrong() {
    assertThat(sumOf(MEOW)).isEqualTo(sumOf(MEOW));
    assertThat(sumOf(new MeowCreated(MEOW.id(), "Hello", MEOW.createdAt())))
        .isNotEqualTo(sumOf(MEOW));
    assertThat(sumOf(new MeowCreated(MEOW.id(), MEOW.body(), MEOW.createdAt().plusNanos(1))))
        .isNotEqualTo(sumOf(MEOW));
    CreationSum wrong = new CreationSum();
    wrong.addWrong("7");
    assertThat(wrong.count()).isEqualTo(1);
    assertThat(wrong.hash()).isNotEqualTo(sumOf(MEOW));
  }

  private static String sumOf(MeowCreated meow) {
    CreationSum sum = new CreationSum();
    sum.add(7, meow);
    return sum.hash();
  }
}
