package meower.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import meower.operations.connection.ExitStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StatusCommandIntegrationTests {

  @TempDir private Path nothingRunsHere;

  @Test
  void saysHowToStartAStackWhereNoneRuns() {
    StringWriter errors = new StringWriter();
    CommandLine command = Operations.commandLine().setErr(new PrintWriter(errors));
    int status = command.execute("status", "--data", nothingRunsHere.toString());
    assertThat(status).isEqualTo(ExitStatus.FAILED);
    assertThat(errors.toString()).contains("./meower up").doesNotContain("Exception");
  }
}
