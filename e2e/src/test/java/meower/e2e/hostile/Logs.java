package meower.e2e.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import meower.e2e.RunningMeower;
import meower.e2e.hostile.wire.Door;

/** What the services and nginx wrote into their logs since this was made. */
public final class Logs {

  private static final Pattern BAD =
      Pattern.compile(
          "^\\S+ ERROR .*|^\\s+at [a-z].*\\(.*|.*\\b[a-z]+(\\.[a-z0-9]+)+\\.[A-Z]\\w*(Exception|Error)\\b.*|.*\\[(crit|alert|emerg)].*");

  /** Said on a machine that is too busy for a moment; whether it goes on is asked afterwards. */
  private static final Pattern WAITS = Pattern.compile("^\\S+ WARN {2}BackgroundLoop: loop=.*");

  private final Path folder;
  private final Map<Door, Long> sizes = new EnumMap<>(Door.class);

  public Logs(RunningMeower meower) {
    this.folder = meower.data().resolve("logs");
    for (Door door : Door.values()) {
      sizes.put(door, (long) read(door).length);
    }
  }

  /** The lines that no stranger may cause: errors and stack traces. */
  public List<String> badLines() {
    List<String> bad = new ArrayList<>();
    for (Door door : Door.values()) {
      byte[] log = read(door);
      int from = Math.toIntExact(Math.min(sizes.getOrDefault(door, 0L), log.length));
      new String(log, from, log.length - from, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> BAD.matcher(line).matches() && !WAITS.matcher(line).matches())
          .limit(20)
          .forEach(line -> bad.add(door + ": " + line));
    }
    return bad;
  }

  private byte[] read(Door door) {
    try {
      return Files.readAllBytes(folder.resolve(door.part().label() + ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
