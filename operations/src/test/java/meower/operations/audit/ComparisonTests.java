package meower.operations.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import meower.operations.audit.Difference.Where;
import meower.operations.audit.Findings.Kind;
import meower.schema.DeletedBy;
import meower.schema.EarlierSequences;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;
import meower.schema.MeowId;
import meower.schema.audit.LedgerContradictions.Contradiction;
import meower.schema.audit.LedgerContradictions.Problem;
import org.junit.jupiter.api.Test;

class ComparisonTests {

  private static final MeowId FIRST = new MeowId("3G12Ptjdq1Yd5cJrsHFtjZdYqG1");
  private static final MeowId SECOND = new MeowId("3G12Ptjdq1Yd5cJrsHFtjZdYqG2");
  private static final Entry ONE = entry(1, FIRST);
  private static final Entry TWO = entry(2, SECOND);

  @Test
  void findsNothingWhereBothHoldTheSame() {
    assertThat(compare(List.of(ONE, TWO), found(ONE), found(TWO))).isEmpty();
  }

  @Test
  void findsWhatIsMissing() {
    assertThat(compare(List.of(ONE, TWO), found(TWO)))
        .containsExactly(new Difference(Where.INDEX, Kind.MISSING, ONE, null, ""));
  }

  @Test
  void findsWhatShouldNotBeThere() {
    assertThat(compare(List.of(ONE), found(ONE), found(TWO)))
        .containsExactly(new Difference(Where.INDEX, Kind.UNEXPECTED, null, found(TWO), ""));
  }

  @Test
  void findsAnotherContentAtTheSamePlace() {
    Found changed = found(Entry.message(created(FIRST, "other"), 1, EarlierSequences.NONE));
    assertThat(compare(List.of(ONE), changed))
        .containsExactly(new Difference(Where.INDEX, Kind.CHANGED, ONE, changed, ""));
  }

  @Test
  void findsAnOlderRevisionAtTheSamePlace() {
    Entry edited = Entry.document(edited(2, "newer"), 7, earlier(1L));
    assertThat(compare(List.of(edited), found(ONE)))
        .containsExactly(new Difference(Where.INDEX, Kind.CHANGED, edited, found(ONE), ""));
  }

  @Test
  void findsTheTextOfADeletedMeow() {
    Entry tombstone = Entry.document(deleted(2), 7, earlier(1L));
    assertThat(compare(List.of(tombstone), found(tombstone))).isEmpty();
    assertThat(compare(List.of(tombstone), found(ONE)))
        .containsExactly(new Difference(Where.INDEX, Kind.CHANGED, tombstone, found(ONE), ""));
  }

  @Test
  void findsTwoThatHaveChangedPlaces() {
    Found first = found(entry(1, SECOND));
    Found second = found(entry(2, FIRST));
    assertThat(compare(List.of(ONE, TWO), first, second))
        .containsExactly(
            new Difference(Where.INDEX, Kind.MISPLACED, TWO, first, ""),
            new Difference(Where.INDEX, Kind.MISPLACED, ONE, second, ""));
  }

  @Test
  void keepsTheRightOneOfTwoThatClaimTheSamePlace() {
    Found wrong = new Found(1, FIRST.value(), null, null, "another-document", 1, "");
    assertThat(compare(List.of(ONE), wrong, found(ONE)))
        .containsExactly(new Difference(Where.INDEX, Kind.UNEXPECTED, null, wrong, ""));
  }

  @Test
  void tellsTheEventsOfAMeowInTheStreamApart() {
    Entry edited = Entry.message(edited(2, "newer"), 2, earlier(1L));
    Found again = new Found(3, FIRST.value(), ONE.event().key(), entry(3, FIRST), "3", 0, "body");
    assertThat(Comparison.of(Where.STREAM, List.of(ONE, edited), List.of(message(ONE), again)))
        .containsExactly(
            new Difference(Where.STREAM, Kind.UNEXPECTED, null, again, ""),
            new Difference(Where.STREAM, Kind.MISSING, edited, null, ""));
  }

  @Test
  void saysInOneLineWhatIsWrong() {
    assertThat(new Difference(Where.INDEX, Kind.MISSING, ONE, null, ""))
        .hasToString("missing    index    id=" + FIRST + " sequence=1");
    Found quoted = new Found(7, "?", null, null, "7", 0, "\"a\nb\"");
    assertThat(new Difference(Where.STREAM, Kind.UNEXPECTED, null, quoted, ""))
        .hasToString("unexpected stream   id=? sequence=7 body=\"\\\"a\nb\\\"\"");
    Entry edited = Entry.message(edited(2, "newer"), 9, earlier(1L));
    assertThat(
            new Difference(Where.STREAM, Kind.UNEXPECTED, null, found(edited), "").ofDeletedMeow())
        .hasToString(
            "unexpected stream   id=" + FIRST + " revision=2 sequence=9 its meow is deleted");
    assertThat(new Inconsistency(new Contradiction(4, FIRST.value(), 2, Problem.LOST)))
        .hasToString(
            "missing    postgres id=" + FIRST + " revision=2 neither published nor in the outbox");
  }

  @Test
  void sumsUpTheSameInAnyDetail() {
    MeowCreated meow = created(FIRST, "body");
    Entry finer =
        Entry.message(
            new MeowCreated(meow.id(), meow.body(), meow.createdAt().plusNanos(1)),
            1,
            EarlierSequences.NONE);
    Checksum right = Checksum.of(List.of(found(ONE)));
    assertThat(Checksum.of(List.of(found(ONE)))).isEqualTo(right);
    assertThat(Checksum.of(List.of(found(finer)))).isNotEqualTo(right);
    assertThat(Checksum.of(List.of(new Found(1, FIRST.value(), null, null, "1", 1, "body"))))
        .isNotEqualTo(right);
    assertThat(Checksum.of(List.of())).isEqualTo(new Checksum(0, ""));
  }

  private static List<Difference> compare(List<Entry> expected, Found... found) {
    return Comparison.of(Where.INDEX, expected, List.of(found));
  }

  static MeowCreated created(MeowId id, String body) {
    return new MeowCreated(id, body, Instant.EPOCH);
  }

  static MeowEvent edited(int revision, String body) {
    return new MeowEdited(FIRST, revision, body, Instant.EPOCH, Instant.EPOCH.plusSeconds(1));
  }

  static MeowEvent deleted(int revision) {
    return new MeowDeleted(
        FIRST, revision, Instant.EPOCH, Instant.EPOCH.plusSeconds(2), DeletedBy.AUTHOR);
  }

  static EarlierSequences earlier(Long... sequences) {
    return new EarlierSequences(List.of(sequences));
  }

  private static Entry entry(long sequence, MeowId id) {
    return Entry.message(created(id, "body"), sequence, EarlierSequences.NONE);
  }

  private static Found found(Entry entry) {
    return new Found(entry.place(), entry.id(), null, entry, entry.id(), 1, "body");
  }

  private static Found message(Entry entry) {
    return new Found(
        entry.place(), entry.id(), entry.event().key(), entry, "" + entry.place(), 0, "body");
  }
}
