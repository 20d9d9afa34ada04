package meower.standalone.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import meower.standalone.process.LogFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailIntegrationTests {
  @TempDir Path folder;
  final List<String> lines = new ArrayList<>();

  @Test
  void passesOnWholeLinesThatWereAddedSinceItBegan() throws IOException {
    append("old\n");
    var tail = tail();
    append("one\ntw");
    tail.poll();
    assertThat(lines).containsExactly("one");
    append("ö\nthree\n");
    tail.poll();
    assertThat(lines).containsExactly("one", "twö", "three");
  }

  @Test
  void beginsWithTheFileWhenItIsCreatedLater() throws IOException {
    var tail = tail();
    tail.poll();
    append("one\n");
    tail.poll();
    assertThat(lines).containsExactly("one");
  }

  @Test
  void goesOnWhenTheFileWasCutOff() throws IOException {
    var tail = tail();
    append("a long line before the cut\n");
    tail.poll();
    Files.writeString(file(), "after\n");
    tail.poll();
    assertThat(lines).containsExactly("a long line before the cut", "after");
  }

  @Test
  void keepsFourOlderLogsThatNobodyElseMayRead() throws IOException {
    var tail = tail();
    for (int i = 1; i <= 6; i++) {
      append(i + " ".repeat((int) LogFile.MAX_BYTES) + "\n");
      tail.poll();
    }
    for (int number = 1; number <= 4; number++) {
      var older = folder.resolve("some.log." + number);
      try (var reader = Files.newBufferedReader(older)) {
        assertThat(reader.read()).isEqualTo('0' + 7 - number);
      }
      assertThat(Files.getPosixFilePermissions(older))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    assertThat(folder.resolve("some.log.5")).doesNotExist();
  }

  @Test
  void setsALogAsideThatGrewTooLarge() throws IOException {
    var tail = tail();
    append("x".repeat((int) LogFile.MAX_BYTES) + "\n");
    tail.poll();
    append("after\n");
    tail.poll();
    assertThat(lines).last().isEqualTo("after");
    assertThat(Files.size(file())).isEqualTo("after\n".length());
    assertThat(Files.size(folder.resolve("some.log.1"))).isGreaterThan(LogFile.MAX_BYTES);
  }

  private LogTail tail() throws IOException {
    return new LogTail(new LogFile(file()), lines::add);
  }

  private void append(String text) throws IOException {
    Files.writeString(file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private Path file() {
    return folder.resolve("some.log");
  }
}
