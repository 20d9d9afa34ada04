package meower.query.head;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import meower.query.meow.EncodedMeow;
import meower.query.meow.TimelineMeow;
import org.junit.jupiter.api.Test;

class RecentChangesTests {

  private final RecentChanges changes = new RecentChanges(10, 4);

  @Test
  void asksOfEachEventAfterTheSequence() {
    add(11, "cat");
    add(13, "dog");
    add(14, "bird");

    assertThat(asked(changes, 11)).containsExactly("bird", "dog");
    assertThat(asked(changes, 12)).containsExactly("bird", "dog");
    assertThat(asked(changes, 14)).isEmpty();
    assertThat(isUntouched(11, "dog")).isFalse();
    assertThat(isUntouched(13, "dog")).isTrue();
    assertThat(isUntouched(11, "cat")).isTrue();
  }

  @Test
  void knowsNothingOfWhatWasBeforeItsStart() {
    assertThat(isUntouched(10, "cat")).isTrue();
    assertThat(isUntouched(9, "cat")).isFalse();
    add(12, "dog");
    assertThat(isUntouched(10, "cat")).isTrue();
    assertThat(isUntouched(9, "cat")).isFalse();
  }

  @Test
  void knowsNothingOfWhatItHasForgotten() {
    for (int sequence = 11; sequence <= 20; sequence++) {
      add(sequence, "dog");
    }
    assertThat(isUntouched(17, "cat")).isTrue();
    assertThat(isUntouched(16, "cat")).as("whether there is a 16 is not known").isFalse();
    assertThat(isUntouched(10, "cat")).isFalse();
  }

  @Test
  void asksOfNoEventWhenSomeAreForgotten() {
    for (int sequence = 11; sequence <= 20; sequence++) {
      add(sequence, "dog");
    }
    List<String> asked = new ArrayList<>();

    assertThat(changes.isUntouched(10, change -> !asked.add(body(change)))).isFalse();
    assertThat(asked).isEmpty();
  }

  @Test
  void knowsNothingWithoutMemory() {
    RecentChanges none = new RecentChanges(10, 0);
    assertThat(none.isUntouched(10, _ -> false)).as("nothing has come").isTrue();
    none.add(change(11, "dog"));
    assertThat(none.isUntouched(10, _ -> false)).isFalse();
    assertThat(none.isUntouched(11, _ -> false)).isFalse();
  }

  private boolean isUntouched(long since, String concerned) {
    return changes.isUntouched(since, change -> body(change).equals(concerned));
  }

  private static List<String> asked(RecentChanges changes, long since) {
    List<String> asked = new ArrayList<>();
    assertThat(changes.isUntouched(since, change -> !asked.add(body(change)))).isTrue();
    return asked;
  }

  private void add(long sequence, String body) {
    changes.add(change(sequence, body));
  }

  private static MeowChange change(long sequence, String body) {
    TimelineMeow meow = new TimelineMeow("id" + sequence, body, "2026-01-02T03:04:05Z", null, null);
    return new MeowChange(sequence, EncodedMeow.of(meow));
  }

  private static String body(MeowChange change) {
    return change.meow().toMeow().body();
  }
}
