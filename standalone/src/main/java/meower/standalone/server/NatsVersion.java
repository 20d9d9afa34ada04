package meower.standalone.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import meower.standalone.process.Executables;

/** The version of the nats-server that is installed. */
public record NatsVersion(int major, int minor, int patch) {
  /** The oldest branch that gets what is mended. */
  private static final NatsVersion WANTED = new NatsVersion(2, 11, 0);

  private static final Pattern FORM = Pattern.compile("v(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})");

  /** Returns what is installed; nothing if that cannot be told. */
  public static Optional<NatsVersion> installed() throws IOException {
    var program = Executables.find("nats-server");
    if (program.isEmpty()) {
      return Optional.empty();
    }
    var process =
        new ProcessBuilder(program.get().toString(), "--version").redirectErrorStream(true).start();
    return parse(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
  }

  /** Reads {@code nats-server: v2.11.9}. */
  static Optional<NatsVersion> parse(String said) {
    var found = FORM.matcher(said);
    return found.find()
        ? Optional.of(
            new NatsVersion(
                Integer.parseInt(found.group(1)),
                Integer.parseInt(found.group(2)),
                Integer.parseInt(found.group(3))))
        : Optional.empty();
  }

  /** Returns what the operator is to be told of it; nothing when all is well. */
  public Optional<String> warning() {
    return major > WANTED.major || (major == WANTED.major && minor >= WANTED.minor)
        ? Optional.empty()
        : Optional.of(
            "nats-server %d.%d.%d is of a branch in which nothing is mended any more: %d.%d or newer is wanted, see docs/operations.md"
                .formatted(major, minor, patch, WANTED.major, WANTED.minor));
  }
}
