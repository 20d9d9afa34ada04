package meower.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import meower.standalone.stack.Part;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RehearsalIntegrationTests {

  private final RunningMeower meower = RunningMeower.get();

  /** The virtual machine says nothing when it cannot use a cache; then it has not mapped it. */
  @ParameterizedTest
  @EnumSource(names = {"COMMAND", "QUERY", "PUSHER"})
  void servicesStartFromTheCacheOfTheirRehearsal(Part service) throws IOException {
    Path maps = Path.of("/proc", Long.toString(meower.stack().pid(service).orElseThrow()), "maps");
    assumeThat(maps).as("only Linux tells what a process has mapped").exists();

    assertThat(Files.readAllLines(maps)).anyMatch(line -> line.endsWith("/service.aot"));
  }
}
