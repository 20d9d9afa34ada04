package meower.e2e.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import meower.e2e.access.Access;
import meower.operations.Operations;
import meower.standalone.stack.ProjectLayout;

/** A command of those who run Meower, as a process of its own against a running stack. */
public final class OperatorCommand {

  private OperatorCommand() {}

  /** What it said, on both outputs, and how it ended. */
  public record Result(int status, String output) {}

  /**
   * Runs it to its end.
   *
   * @param input what is typed meanwhile
   */
  public static Result run(Access access, String input, String... arguments) throws Exception {
    return run(access.operator(), input, arguments);
  }

  /**
   * Runs it for the stack of a data folder, which it finds by itself.
   *
   * @param data as {@link meower.standalone.stack.RunningStack} has announced it
   */
  public static Result run(Path data, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data.toString()));
    return run(Map.of(), "", all.toArray(String[]::new));
  }

  private static Result run(Map<String, String> environment, String input, String... arguments)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                classpath(),
                Operations.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      try (OutputStream keyboard = process.getOutputStream()) {
        keyboard.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      return new Result(process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  /** That of {@code ./meower} and of the container, which have nothing else. */
  private static String classpath() {
    Path built = ProjectLayout.find().root().resolve("operations").resolve("target");
    return built.resolve("classes") + File.pathSeparator + built.resolve("lib").resolve("*");
  }
}
