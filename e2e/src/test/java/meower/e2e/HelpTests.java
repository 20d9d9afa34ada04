package meower.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import meower.standalone.stack.ProjectLayout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./meower help} names all that can be typed. */
class HelpTests {

  private static final Pattern OPTION = Pattern.compile("case \"(--[a-z-]+)\"");

  private final Path root = ProjectLayout.find().root();

  @ParameterizedTest
  @CsvSource({
    "up, standalone/src/main/java/meower/standalone/launcher/LauncherOptions.java",
    "chaos, e2e/src/main/java/meower/e2e/chaos/ChaosOptions.java",
    "bench, bench/src/main/java/meower/bench/lab/BenchOptions.java"
  })
  void namesEachOption(String command, String source) throws IOException {
    List<String> options =
        OPTION
            .matcher(Files.readString(root.resolve(source)))
            .results()
            .map(result -> result.group(1))
            .toList();

    assertThat(options).hasSizeGreaterThan(5);
    assertThat(help(command)).contains(options);
  }

  private String help(String command) throws IOException {
    return Pattern.compile("\n  \\./meower " + command + " .*?(?=\n  \\./meower )", Pattern.DOTALL)
        .matcher(Files.readString(root.resolve("meower")))
        .results()
        .findFirst()
        .orElseThrow()
        .group();
  }
}
