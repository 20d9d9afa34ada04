package meower.standalone.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NatsVersionTests {

  @ParameterizedTest
  @CsvSource({
    "nats-server: v2.9.10, true",
    "nats-server: v2.10.29, true",
    "nats-server: v1.99.0, true",
    "nats-server: v2.11.0, false",
    "nats-server: v2.11.9, false",
    "nats-server: v2.12.0-RC.1, false",
    "nats-server: v3.0.0, false"
  })
  void warnsOfBranchesInWhichNothingIsMended(String said, boolean warns) {
    assertThat(NatsVersion.parse(said).orElseThrow().warning().isPresent()).isEqualTo(warns);
  }

  @Test
  void saysWhichVersionItIsAndWhichIsWanted() {
    assertThat(NatsVersion.parse("nats-server: v2.9.10\n").orElseThrow().warning().orElseThrow())
        .startsWith("nats-server 2.9.10 ")
        .contains("2.11 or newer");
  }

  @Test
  void warnsOfNothingThatItCannotRead() {
    assertThat(NatsVersion.parse("")).isEmpty();
  }
}
