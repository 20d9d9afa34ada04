package meower.query.head;

import static org.assertj.core.api.Assertions.assertThat;

import meower.schema.MeowId;
import org.junit.jupiter.api.Test;

class RecentDeletionsTests {

  private static final MeowId ONE = new MeowId("3G12Ptjdq1Yd5cJrsHFtjZdYqGU");
  private static final MeowId OTHER = new MeowId("3G12Ptjdq1Yd5cJrsHFtjZdYqGV");

  private final RecentDeletions deletions = new RecentDeletions(10);

  @Test
  void remembersADeletionForItsSpan() {
    deletions.add(5, ONE);
    deletions.add(15, OTHER);
    assertThat(deletions.has(ONE)).isTrue();
    deletions.add(16, OTHER);
    assertThat(deletions.has(ONE)).isFalse();
    assertThat(deletions.has(OTHER)).isTrue();
  }

  @Test
  void countsFromTheLastTime() {
    deletions.add(1, ONE);
    deletions.add(2, OTHER);
    deletions.add(9, ONE);
    deletions.add(15, new MeowId("3G12Ptjdq1Yd5cJrsHFtjZdYqGW"));
    assertThat(deletions.has(ONE)).isTrue();
    assertThat(deletions.has(OTHER)).isFalse();
  }
}
