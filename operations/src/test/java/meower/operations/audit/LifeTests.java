package meower.operations.audit;

import static meower.operations.audit.ComparisonTests.created;
import static meower.operations.audit.ComparisonTests.deleted;
import static meower.operations.audit.ComparisonTests.earlier;
import static meower.operations.audit.ComparisonTests.edited;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import meower.operations.audit.Life.Happening;
import meower.schema.EarlierSequences;
import meower.schema.MeowEvent;
import meower.schema.MeowId;
import meower.schema.audit.LedgerEntry.Erasure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LifeTests {

  private static final MeowId ID = new MeowId("3G12Ptjdq1Yd5cJrsHFtjZdYqG1");
  private static final Range ALL = new Range(0, 100);
  private static final Expectation NOTHING = new Expectation(List.of(), Map.of());

  @Test
  void expectsEachEventInTheStreamAndTheLatestInTheIndex() {
    Life life =
        life(
            happening(created(ID, "old"), 5, Erasure.NONE),
            happening(edited(2, "new"), 20, Erasure.NONE));

    assertThat(life.messages(ALL).entries())
        .containsExactly(
            Entry.message(created(ID, "old"), 5, EarlierSequences.NONE),
            Entry.message(edited(2, "new"), 20, earlier(5L)));
    assertThat(life.messages(new Range(5, 100)).entries()).hasSize(1);
    assertThat(life.document(ALL, 100).entries())
        .containsExactly(Entry.document(edited(2, "new"), 20, earlier(5L)));
    assertThat(life.document(new Range(5, 100), 100)).isEqualTo(NOTHING);
  }

  @Test
  void expectsNothingInTheStreamWhereATextWasErased() {
    Life life = life(gone(1, 5, Erasure.DONE), happening(deleted(2), 20, Erasure.NONE));

    assertThat(life.messages(ALL))
        .isEqualTo(new Expectation(List.of(Entry.message(deleted(2), 20, earlier(5L))), Map.of()));
    assertThat(life.document(ALL, 100).entries())
        .containsExactly(Entry.document(deleted(2), 20, earlier(5L)));
  }

  @Test
  void expectsTheDeletionWhereAnEventWasPublishedAfterIt() {
    Life life = life(gone(1, 5, Erasure.NEEDLESS), happening(deleted(2), 20, Erasure.NONE));

    assertThat(life.messages(ALL).entries())
        .containsExactly(
            Entry.message(deleted(2), 5, EarlierSequences.NONE),
            Entry.message(deleted(2), 20, earlier(5L)));
  }

  @Test
  void leavesOpenWhetherATextIsThereThatHasToGo() {
    assertThat(life(gone(1, 5, Erasure.WANTED)).messages(ALL))
        .isEqualTo(new Expectation(List.of(), Map.of(5L, ID.value())));
    assertThat(life(gone(1, 5, Erasure.NONE)).messages(ALL))
        .isEqualTo(new Expectation(List.of(), Map.of(5L, ID.value())));
  }

  @Test
  void leavesOpenWhatTheIndexHasOfAMeowThatItIsNotToldAllOf() {
    Expectation open = new Expectation(List.of(), Map.of(5L, ID.value()));
    Happening creation = happening(created(ID, "old"), 5, Erasure.NONE);

    assertThat(life(creation, happening(edited(2, "new"), 20, Erasure.NONE)).document(ALL, 19))
        .isEqualTo(open);
    assertThat(life(creation, happening(edited(2, "new"), 0, Erasure.NONE)).document(ALL, 100))
        .isEqualTo(open);
    assertThat(life(creation).document(ALL, 4)).isEqualTo(NOTHING);
  }

  @Test
  void comparesNothingThatIsOpenButASecondOne() {
    Expectation open = new Expectation(List.of(), Map.of(5L, ID.value()));
    Entry entry = Entry.message(created(ID, "old"), 5, EarlierSequences.NONE);
    Found there = new Found(5, ID.value(), null, entry, "a", 1, "old");
    Found second = new Found(5, ID.value(), null, entry, "b", 1, "old");
    Found unsound = new Found(5, ID.value(), null, null, "c", 1, "old");

    assertThat(open.settled(List.of(there, second, unsound))).containsExactly(second, unsound);
  }

  private static Life life(Happening... happenings) {
    return new Life(ID, List.of(happenings));
  }

  private static Happening happening(MeowEvent event, long sequence, Erasure erasure) {
    return happening(event.revision(), event, sequence, erasure);
  }

  private static Happening gone(int revision, long sequence, Erasure erasure) {
    return happening(revision, null, sequence, erasure);
  }

  private static Happening happening(
      int revision, @Nullable MeowEvent event, long sequence, Erasure erasure) {
    return new Happening(
        revision, event, sequence == 0 ? OptionalLong.empty() : OptionalLong.of(sequence), erasure);
  }
}
