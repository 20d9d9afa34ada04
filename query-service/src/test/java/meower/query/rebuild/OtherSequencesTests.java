package meower.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import meower.query.index.StreamEvent;
import meower.schema.DeletedBy;
import meower.schema.EarlierSequences;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;
import meower.schema.MeowId;
import org.junit.jupiter.api.Test;

class OtherSequencesTests {

  private static final MeowId ID = new MeowId("3G12Ptjdq1Yd5cJrsHFtjZdYqGU");
  private static final MeowEvent EDITED =
      new MeowEdited(ID, 2, "text", Instant.EPOCH, Instant.EPOCH);
  private static final MeowEvent DELETED =
      new MeowDeleted(ID, 3, Instant.EPOCH, Instant.EPOCH, DeletedBy.AUTHOR);

  private final OtherSequences others = new OtherSequences();

  @Test
  void expectsAMeowEverywhereWhenNothingWasEditedOrDeleted() {
    others.close();
    assertThat(others.shown(1, 10)).isEqualTo(10);
    assertThat(others.shown(7, 7)).isEqualTo(1);
  }

  @Test
  void expectsNoneAtAnEdit() {
    add(EDITED, 5, 2);
    others.close();
    assertThat(others.shown(1, 10)).isEqualTo(9);
    assertThat(others.shown(5, 5)).isZero();
    assertThat(others.shown(6, 10)).isEqualTo(5);
  }

  @Test
  void expectsOneAtAnEditThatIsTheFirstOfItsMeow() {
    add(EDITED, 5);
    others.close();
    assertThat(others.shown(5, 5)).isEqualTo(1);
  }

  @Test
  void expectsNoneAtADeletionNorWhereItHasTakenSomethingAway() {
    add(EDITED, 5, 2);
    add(DELETED, 9, 2, 5);
    others.close();
    assertThat(others.shown(1, 10)).isEqualTo(7);
    assertThat(others.shown(2, 2)).isZero();
    assertThat(others.shown(9, 9)).isZero();
  }

  @Test
  void expectsAMeowThatWasNotTakenAway() {
    others.add(new StreamEvent(DELETED, 9, new EarlierSequences(List.of(2L))), false);
    others.close();
    assertThat(others.shown(2, 2)).isEqualTo(1);
    assertThat(others.shown(9, 9)).isZero();
  }

  private void add(MeowEvent event, long sequence, long... earlier) {
    EarlierSequences before = new EarlierSequences(Arrays.stream(earlier).boxed().toList());
    others.add(new StreamEvent(event, sequence, before), true);
  }
}
