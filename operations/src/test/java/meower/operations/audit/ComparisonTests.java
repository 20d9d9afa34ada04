package meower.operations.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import meower.operations.audit.Difference.Kind;
import org.junit.jupiter.api.Test;

class ComparisonTests {

  private static final Entry ONE = entry(1, "one");
  private static final Entry TWO = entry(2, "two");

  @Test
  void findsNothingWhereBothHoldTheSame() {
    assertThat(compare(List.of(ONE, TWO), found(ONE), found(TWO))).isEmpty();
  }

  @Test
  void findsWhatIsMissing() {
    assertThat(compare(List.of(ONE, TWO), found(TWO)))
        .containsExactly(new Difference("index", Kind.MISSING, ONE, null, ""));
  }

  @Test
  void findsWhatShouldNotBeThere() {
    assertThat(compare(List.of(ONE), found(ONE), found(TWO)))
        .containsExactly(new Difference("index", Kind.UNEXPECTED, null, found(TWO), ""));
  }

  @Test
  void findsAnotherContentAtTheSamePlace() {
    Found changed = found(new Entry(1, ONE.id(), ONE.createdAt(), "other"));
    assertThat(compare(List.of(ONE), changed))
        .containsExactly(new Difference("index", Kind.CHANGED, ONE, changed, ""));
  }

  @Test
  void findsTwoThatHaveChangedPlaces() {
    Found first = found(new Entry(1, TWO.id(), TWO.createdAt(), TWO.body()));
    Found second = found(new Entry(2, ONE.id(), ONE.createdAt(), ONE.body()));
    assertThat(compare(List.of(ONE, TWO), first, second))
        .containsExactly(
            new Difference("index", Kind.MISPLACED, TWO, first, ""),
            new Difference("index", Kind.MISPLACED, ONE, second, ""));
  }

  @Test
  void keepsTheSoundOneOfTwoThatClaimTheSamePlace() {
    Found unsound = new Found(ONE, "another-document", false);
    assertThat(compare(List.of(ONE), unsound, found(ONE)))
        .containsExactly(new Difference("index", Kind.UNEXPECTED, null, unsound, ""));
  }

  @Test
  void saysInOneLineWhatIsWrong() {
    assertThat(new Difference("index", Kind.MISSING, ONE, null, ""))
        .hasToString("missing    index    id=one sequence=1");
    assertThat(new Difference("stream", Kind.UNEXPECTED, null, found(entry(7, "\"a\nb\"")), ""))
        .hasToString("unexpected stream   id=\"a\nb\" sequence=7 body=\"body of \\\"a b\\\"\"");
  }

  @Test
  void sumsUpTheSameInAnyDetail() {
    Entry finer = new Entry(1, ONE.id(), ONE.createdAt().plusNanos(1), ONE.body());
    Checksum right = Checksum.of(List.of(found(ONE)));
    assertThat(Checksum.of(List.of(found(ONE)))).isEqualTo(right);
    assertThat(Checksum.of(List.of(found(finer)))).isNotEqualTo(right);
    assertThat(Checksum.of(List.of(new Found(ONE, "1", false)))).isNotEqualTo(right);
    assertThat(Checksum.of(List.of())).isEqualTo(new Checksum(0, ""));
  }

  private static List<Difference> compare(List<Entry> expected, Found... found) {
    return Comparison.of("index", expected, List.of(found));
  }

  private static Entry entry(long sequence, String id) {
    return new Entry(sequence, id, Instant.EPOCH, "body of " + id);
  }

  private static Found found(Entry entry) {
    return new Found(entry, entry.id(), true);
  }
}
