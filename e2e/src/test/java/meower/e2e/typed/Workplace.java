package meower.e2e.typed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import meower.e2e.NodePackages;
import meower.standalone.stack.PortPlan;
import meower.standalone.stack.ProjectLayout;
import org.springframework.util.FileSystemUtils;

/**
 * A folder like the project's, in which lines mean the stack of a test: {@code ./meower} finds it,
 * {@code data} is its data, and {@code npx} has what it would download.
 */
public final class Workplace implements AutoCloseable {

  private final Path folder;
  private final PortPlan ports;
  private final List<Terminal> terminals = new ArrayList<>();

  private Workplace(Path folder, PortPlan ports) {
    this.folder = folder;
    this.ports = ports;
  }

  /** Opens one for the stack of a data folder. */
  public static Workplace of(Path data, PortPlan ports) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("meower-typed");
    Path script = ProjectLayout.find().root().resolve("meower");
    Files.createSymbolicLink(folder.resolve("data"), data);
    // receive is for no stack; all others look for one.
    script(
        folder.resolve("meower"),
        """
        [ "$1" != receive ] || exec '%s' "$@"
        exec '%s' "$@" --data '%s'
        """
            .formatted(script, script, data));
    Path packages = NodePackages.folder().resolve("node_modules/.bin");
    Files.createDirectory(folder.resolve("bin"));
    script(folder.resolve("bin/npx"), "shift\nexec \"%s/$@\"\n".formatted(packages));
    return new Workplace(folder, ports);
  }

  /** Opens a terminal with a shell in it. */
  public Terminal terminal() throws IOException {
    return added(Terminal.shell(builder(), screen()));
  }

  /** Opens a terminal in which a line runs for longer. */
  public Terminal running(String line) throws IOException {
    return added(Terminal.running(here(line), builder(), screen()));
  }

  private Terminal added(Terminal terminal) {
    terminals.add(terminal);
    return terminal;
  }

  private Path screen() {
    return folder.resolve("screen-" + terminals.size() + ".txt");
  }

  private ProcessBuilder builder() {
    ProcessBuilder builder = new ProcessBuilder().directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("PATH", folder.resolve("bin") + ":" + environment.get("PATH"));
    environment.put("TERM", "xterm"); // watch draws
    environment.put("COLUMNS", "500"); // and breaks no line
    return builder;
  }

  /** Writes a file in it, with the ports of this stack. */
  void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), here(text));
  }

  /** Returns a line with the ports of this stack. */
  public String here(String line) {
    return line.replace("localhost:8080", "localhost:" + ports.nginx())
        .replace("localhost:8443", "localhost:" + ports.secure());
  }

  @Override
  public void close() throws IOException {
    terminals.forEach(Terminal::close);
    FileSystemUtils.deleteRecursively(folder);
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
