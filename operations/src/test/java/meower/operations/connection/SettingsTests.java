package meower.operations.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTests {

  @Test
  void readsTheEnvironmentOfTheServices() {
    Settings settings =
        Settings.of(
            Map.of(
                "SPRING_DATASOURCE_URL", "jdbc:postgresql://p/meower",
                "SPRING_DATASOURCE_PASSWORD", "secret",
                "MEOWER_NATS_URL", "nats://n:4222",
                "MEOWER_ELASTICSEARCH_URL", "http://e:9200"));
    assertThat(settings)
        .isEqualTo(
            new Settings(
                "jdbc:postgresql://p/meower",
                "meower",
                "secret",
                "nats://n:4222",
                "http://e:9200"));
  }

  @Test
  void namesTheVariableThatIsMissing() {
    Map<String, String> incomplete = Map.of("MEOWER_NATS_URL", "nats://n:4222");
    assertThat(Settings.isIn(incomplete)).isTrue();
    assertThatThrownBy(() -> Settings.of(incomplete))
        .isInstanceOf(OperationFailedException.class)
        .hasMessageContaining("SPRING_DATASOURCE_URL");
  }

  @Test
  void leavesAnEnvironmentThatNamesNoServerToTheRunningStack() {
    assertThat(Settings.isIn(Map.of("PATH", "/bin"))).isFalse();
  }
}
