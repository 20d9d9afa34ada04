package meower.command.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import meower.command.text.MeowBody;
import meower.schema.DeletedBy;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;
import meower.schema.MeowId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChangeRulesTests {

  private static final MeowId ID = new MeowId("3G12Ptjdq1Yd5cJrsHFtjZdYqGU");
  private static final Instant CREATED_AT = Instant.parse("2026-11-21T03:45:10Z");
  private static final Instant SOON = CREATED_AT.plusSeconds(60);
  private static final Instant END = CREATED_AT.plus(Duration.ofMinutes(15));
  private static final Instant LATE = END.plusNanos(1_000);
  private static final MeowEvent CREATED = new MeowCreated(ID, "first", CREATED_AT);
  private static final MeowEvent EDITED = new MeowEdited(ID, 2, "second", CREATED_AT, SOON);
  private static final MeowDeleted DELETED =
      new MeowDeleted(ID, 3, CREATED_AT, SOON, DeletedBy.AUTHOR);

  private final ChangeRules rules = new ChangeRules(Duration.ofMinutes(15));

  @Test
  void numbersEachChange() {
    assertThat(rules.edit(CREATED, to("other"), SOON))
        .isEqualTo(new Change.Needed(new MeowEdited(ID, 2, "other", CREATED_AT, SOON)));
    assertThat(rules.edit(EDITED, to("other"), SOON))
        .isEqualTo(new Change.Needed(new MeowEdited(ID, 3, "other", CREATED_AT, SOON)));
    assertThat(rules.delete(EDITED, DeletedBy.AUTHOR, SOON)).isEqualTo(new Change.Needed(DELETED));
  }

  @Test
  void changesNothingThatIsAlreadyAsWanted() {
    assertThat(rules.edit(EDITED, to("second"), LATE)).isEqualTo(new Change.Done(EDITED));
    assertThat(rules.edit(EDITED, new EditMeow(ID, body("second"), IfMatch.parse("\"1\"")), SOON))
        .isEqualTo(new Change.Done(EDITED));
    assertThat(rules.delete(DELETED, DeletedBy.AUTHOR, LATE)).isEqualTo(new Change.Done(DELETED));
  }

  @Test
  void replacesOnlyWhatItsSenderHasSeen() {
    EditMeow ofFirst = new EditMeow(ID, body("other"), IfMatch.parse("\"1\""));

    assertThat(rules.edit(CREATED, ofFirst, SOON)).isInstanceOf(Change.Needed.class);
    assertThat(rules.edit(EDITED, ofFirst, SOON)).isEqualTo(new Change.EditedMeanwhile(EDITED));
  }

  @Test
  void endsWithTheWindow() {
    assertThat(rules.edit(CREATED, to("other"), END)).isInstanceOf(Change.Needed.class);
    assertThat(rules.edit(CREATED, to("other"), LATE)).isEqualTo(new Change.TooLate());
    assertThat(rules.delete(CREATED, DeletedBy.AUTHOR, END)).isInstanceOf(Change.Needed.class);
    assertThat(rules.delete(CREATED, DeletedBy.AUTHOR, LATE)).isEqualTo(new Change.TooLate());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTHOR")
  void letsThoseWhoLookAfterTheFeedDeleteAtAnyTime(DeletedBy by) {
    assertThat(rules.delete(CREATED, by, LATE))
        .isEqualTo(new Change.Needed(new MeowDeleted(ID, 2, CREATED_AT, LATE, by)));
  }

  @Test
  void isFinalOnceDeleted() {
    assertThat(rules.edit(DELETED, to("again"), SOON)).isEqualTo(new Change.Deleted(DELETED));
  }

  @Test
  void editsTwentyTimesAndDeletesAfterwards() {
    MeowEvent nineteenth = new MeowEdited(ID, 20, "19", CREATED_AT, SOON);
    MeowEvent twentieth = new MeowEdited(ID, 21, "20", CREATED_AT, SOON);

    assertThat(rules.edit(nineteenth, to("other"), SOON)).isInstanceOf(Change.Needed.class);
    assertThat(rules.edit(twentieth, to("other"), SOON)).isEqualTo(new Change.TooManyEdits());
    assertThat(rules.delete(twentieth, DeletedBy.AUTHOR, SOON)).isInstanceOf(Change.Needed.class);
  }

  private static EditMeow to(String body) {
    return new EditMeow(ID, body(body), IfMatch.ANY);
  }

  private static MeowBody body(String text) {
    return new MeowBody(text);
  }
}
