package meower.standalone.demo;

import java.nio.file.Path;
import java.util.List;
import meower.standalone.launcher.LauncherOptions;

/** How many texts to post, to the stack of which data folder. */
record DemoOptions(int count, Path data) {
  private static final int DEFAULT_COUNT = 3_000;
  private static final int MAX_COUNT = 100_000;

  /**
   * @throws IllegalArgumentException with a message for the person who typed it
   */
  static DemoOptions parse(List<String> arguments, Path defaultData) {
    boolean counted = !arguments.isEmpty() && !arguments.getFirst().startsWith("--");
    int count = counted ? count(arguments.getFirst()) : DEFAULT_COUNT;
    var rest = arguments.subList(counted ? 1 : 0, arguments.size());
    return new DemoOptions(count, LauncherOptions.parse(rest, defaultData).data());
  }

  private static int count(String text) {
    int count = text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
    if (count < 1 || count > MAX_COUNT) {
      throw new IllegalArgumentException(
          "demo takes a number from 1 to " + MAX_COUNT + ", not " + text);
    }
    return count;
  }
}
