package meower.operations.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTests {

  @Test
  void readsTheOneAddressFromTheEnvironmentOfTheServices() {
    Map<String, String> environment = Map.of("MEOWER_NATS_URL", "nats://n:4222");
    assertThat(Settings.isIn(environment)).isTrue();
    assertThat(Settings.of(environment)).isEqualTo(new Settings("nats://n:4222"));
  }

  @Test
  void readsThePasswordFromAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("meower.nats.password"), "from a file\n");
    Map<String, String> environment =
        Map.of("MEOWER_NATS_URL", "nats://n:4222", "MEOWER_NATS_PASSWORD_FILE", file.toString());
    assertThat(Settings.of(environment).login().password()).isEqualTo("from a file");
  }

  @Test
  void saysWhichFileIsMissing() {
    Map<String, String> environment =
        Map.of("MEOWER_NATS_URL", "nats://n:4222", "MEOWER_NATS_PASSWORD_FILE", "/nowhere/it");
    assertThatThrownBy(() -> Settings.of(environment))
        .isInstanceOf(OperationFailedException.class)
        .hasMessageContaining("MEOWER_NATS_PASSWORD_FILE");
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
