package meower.operations.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTests {

  @Test
  void readsTheOneAddressFromTheEnvironmentOfTheServices() {
    Map<String, String> environment = Map.of("MEOWER_NATS_URL", "nats://n:4222");
    assertThat(Settings.isIn(environment)).isTrue();
    assertThat(Settings.of(environment)).isEqualTo(new Settings("nats://n:4222"));
  }

  @Test
  void namesTheVariableThatIsMissing() {
    assertThatThrownBy(() -> Settings.of(Map.of("MEOWER_NATS_URL", " ")))
        .isInstanceOf(OperationFailedException.class)
        .hasMessageContaining("MEOWER_NATS_URL");
  }

  @Test
  void leavesAnEnvironmentThatNamesNoServerToTheRunningStack() {
    assertThat(Settings.isIn(Map.of("SPRING_DATASOURCE_URL", "jdbc:postgresql://p/meower")))
        .isFalse();
  }
}
