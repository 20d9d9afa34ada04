package meower.e2e.typed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A terminal in a {@link Workplace}, and what is typed into it. */
public final class Terminal implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process shell;
  private final OutputStream keyboard;
  private final Path screen;

  private Terminal(ProcessBuilder builder, Path screen) throws IOException {
    this.screen = screen;
    this.shell = builder.redirectErrorStream(true).redirectOutput(screen.toFile()).start();
    this.keyboard = shell.getOutputStream();
  }

  /** Opens one with a shell. */
  static Terminal shell(ProcessBuilder builder, Path screen) throws IOException {
    return new Terminal(builder.command("bash"), screen);
  }

  /** Opens one with a command that sees a real terminal, as those do that talk with people. */
  static Terminal running(String line, ProcessBuilder builder, Path screen) throws IOException {
    return new Terminal(
        builder.command("script", "--quiet", "--flush", "--command", line, "/dev/null"), screen);
  }

  /** Types a line, to the shell or to what runs in it. */
  public void type(String line) throws IOException {
    keyboard.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
  }

  /** Types a line to the shell, and returns what it printed when it has ended well. */
  public String run(String line) throws IOException {
    int before = shown().length();
    String end = "ended-" + UUID.randomUUID();
    type(line);
    type("echo " + end + " $?");
    Matcher ended = await(Pattern.compile(end + " (\\d+)"), before);
    String printed = shown().substring(before, before + ended.start());
    assertThat(ended.group(1)).as(line + "\n" + printed).isEqualTo("0");
    return printed;
  }

  /** Waits until the screen shows it, and returns it. */
  public Matcher await(String shown) {
    return await(Pattern.compile(shown), 0);
  }

  private Matcher await(Pattern pattern, int from) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .failFast("the shell has ended", () -> !shell.isAlive())
        .until(() -> pattern.matcher(shown().substring(from)), Matcher::find);
  }

  String shown() {
    try {
      return Files.readString(screen, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends what runs in it, and it. */
  @Override
  public void close() {
    List<ProcessHandle> running = shell.descendants().toList();
    running.forEach(ProcessHandle::destroy);
    shell.destroy();
    shell.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    running.forEach(ProcessHandle::destroyForcibly);
  }
}
