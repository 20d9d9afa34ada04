package meower.program.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import meower.program.presence.RecentChanges.Next;
import meower.program.presence.RecentChanges.Told;
import org.junit.jupiter.api.Test;

class RecentChangesTests {

  private final RecentChanges recent = new RecentChanges(10, 3);

  @Test
  void tellsWhatComesAfterAVersionInOrder() {
    recent.add(List.of(told(12), told(15)));
    recent.add(List.of(told(16)));

    assertThat(recent.after(10, 9)).contains(new Next(16, "12 15 16 "));
    assertThat(recent.after(12, 9)).contains(new Next(16, "15 16 "));
    assertThat(recent.after(13, 9)).contains(new Next(16, "15 16 "));
    assertThat(recent.after(10, 2)).contains(new Next(15, "12 15 "));
    assertThat(recent.head()).isEqualTo(16);
  }

  @Test
  void tellsNothingToWhoHasEverything() {
    recent.add(List.of(told(12)));

    assertThat(recent.after(12, 9)).contains(new Next(12, ""));
    assertThat(recent.after(20, 9)).contains(new Next(20, ""));
  }

  @Test
  void knowsNothingOfBeforeItsBeginning() {
    assertThat(recent.after(9, 9)).isEmpty();
    assertThat(recent.after(10, 9)).contains(new Next(10, ""));
  }

  @Test
  void knowsNothingOfWhatItHasNoRoomFor() {
    recent.add(List.of(told(11), told(12), told(13), told(14)));

    assertThat(recent.after(10, 9)).isEmpty();
    assertThat(recent.after(11, 9)).contains(new Next(14, "12 13 14 "));
  }

  @Test
  void knowsNothingOfBeforeItWasRestarted() {
    recent.add(List.of(told(11), told(12)));
    recent.restart(30);

    assertThat(recent.after(12, 9)).isEmpty();
    assertThat(recent.after(30, 9)).contains(new Next(30, ""));
    assertThat(recent.head()).isEqualTo(30);
  }

  private static Told told(long version) {
    return new Told(version, version + " ");
  }
}
