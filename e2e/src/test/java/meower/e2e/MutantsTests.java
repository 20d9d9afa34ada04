package meower.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import meower.standalone.stack.ProjectLayout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A mutant that does not fit the sources any more proves nothing. */
class MutantsTests {

  private static final Path ROOT = ProjectLayout.find().root();
  private static final Path MUTANTS = Path.of("e2e/mutants");

  static List<Path> patches() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve(MUTANTS))) {
      return files
          .map(Path::getFileName)
          .filter(file -> file.toString().endsWith(".patch"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("patches")
  void fitsTheSources(Path patch) throws Exception {
    Process git =
        new ProcessBuilder("git", "apply", "--check", MUTANTS.resolve(patch).toString())
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(git.waitFor()).as(said).isZero();
    assertThat(Files.readString(ROOT.resolve(MUTANTS).resolve(patch)))
        .containsPattern("(?m)^Caught-by: (test|page|chaos) ");
  }
}
