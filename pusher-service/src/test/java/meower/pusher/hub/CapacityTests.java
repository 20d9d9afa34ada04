package meower.pusher.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CapacityTests {

  private static final long MIB = 1024 * 1024;

  @Test
  void isAsWantedWhenThereIsRoom() {
    assertThat(Capacity.browsers(20_000, 48 * MIB, 1024 * MIB)).isEqualTo(20_000);
  }

  @Test
  void isWhatTheHeapHasRoomFor() {
    assertThat(Capacity.browsers(20_000, 48 * MIB, 192 * MIB)).isEqualTo(4_259);
  }

  @Test
  void isNeverNobody() {
    assertThat(Capacity.browsers(20_000, 48 * MIB, 64 * MIB)).isEqualTo(1);
  }
}
