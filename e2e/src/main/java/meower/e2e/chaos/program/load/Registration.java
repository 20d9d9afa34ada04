package meower.e2e.chaos.program.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import meower.e2e.access.Access;
import meower.standalone.stack.ProjectLayout;

/** Has the operator of a stack give a program a name and a secret. */
public final class Registration {

  private static final String TOKEN = "mwr_";

  private Registration() {}

  /**
   * Adds a program that may do everything.
   *
   * @return its secret
   * @throws IOException if it was not added
   */
  public static String add(String program, Access access) throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(
            ProjectLayout.find().root().resolve("meower").toString(), "program", "add", program);
    builder.environment().putAll(access.operator());
    var process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    int status = process.waitFor();
    return said.lines()
        .map(String::strip)
        .filter(line -> line.startsWith(TOKEN))
        .findFirst()
        .orElseThrow(() -> new IOException("program add says " + status + ": " + said));
  }
}
