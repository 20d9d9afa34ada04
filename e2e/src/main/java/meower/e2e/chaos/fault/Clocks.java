package meower.e2e.chaos.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import meower.standalone.stack.Instance;
import meower.standalone.stack.Part;

/**
 * A time of day for each service that can be set: a small library, put before the system's. Only
 * where there is a C compiler.
 */
final class Clocks {

  private final Path folder;
  private final boolean available;

  Clocks(Path folder) throws IOException, InterruptedException {
    this.folder = Files.createDirectories(folder);
    this.available = compile();
  }

  private boolean compile() throws IOException, InterruptedException {
    Path source = folder.resolve("clock.c");
    try (var text = Objects.requireNonNull(Clocks.class.getResourceAsStream("clock.c"))) {
      Files.write(source, text.readAllBytes());
    }
    return Commands.succeeds(
        "cc", "-shared", "-fPIC", "-O2", "-o", library().toString(), source.toString(), "-ldl");
  }

  boolean areAvailable() {
    return available;
  }

  /** What makes a service look at its own clock. */
  Map<String, String> environment(Instance instance) {
    if (!available || !Part.SERVICES.contains(instance.part())) {
      return Map.of();
    }
    set(instance, 0);
    return Map.of("LD_PRELOAD", library().toString(), "MEOWER_CLOCK", file(instance).toString());
  }

  /** Sets it to so many seconds before or after the system's. */
  void set(Instance instance, int seconds) {
    var bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    bytes.putLong(seconds).flip();
    try (var channel =
        FileChannel.open(file(instance), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(bytes, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path library() {
    return folder.resolve("clock.so");
  }

  private Path file(Instance instance) {
    return folder.resolve(instance.label());
  }
}
