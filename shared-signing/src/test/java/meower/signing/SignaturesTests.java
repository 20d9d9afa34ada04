package meower.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTests {

  @TempDir Path folder;

  private final List<byte[]> keys = List.of(KeyFile.random(), KeyFile.random());
  private final Signatures signatures = new Signatures(keys);

  @Test
  void verifiesWhatItHasSigned() {
    assertThat(signatures.verify("undo", "a", signatures.sign("undo", "a"))).isTrue();
  }

  @Test
  void verifiesWhatAnyOfItsKeysHasSigned() {
    String signature = new Signatures(List.of(keys.getLast())).sign("undo", "a");

    assertThat(signatures.verify("undo", "a", signature)).isTrue();
    assertThat(signatures.sign("undo", "a")).isNotEqualTo(signature);
  }

  @Test
  void refusesTheSignatureOfAnythingElse() {
    String signature = signatures.sign("undo", "a");

    assertThat(signatures.verify("undo", "b", signature)).isFalse();
    assertThat(signatures.verify("pass", "a", signature)).isFalse();
    assertThat(new Signatures(List.of(KeyFile.random())).verify("undo", "a", signature)).isFalse();
    assertThat(signatures.verify("und", "oa", signatures.sign("undo", "a"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "ä", "====", "AAAA", " "})
  void refusesWhatIsNoSignature(String text) {
    assertThat(signatures.verify("undo", "a", text)).isFalse();
  }

  @Test
  void makesAFileThatOnlyItsOwnerReads() throws IOException {
    Path file = folder.resolve("keys/signing");

    List<byte[]> made = KeyFile.read(file);

    assertThat(made).hasSize(1);
    assertThat(KeyFile.read(file).getFirst()).isEqualTo(made.getFirst());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(folder.resolve("keys").toFile().list()).containsExactly("signing");
  }

  @Test
  void makesOneFileForAllWhoStartTogether() throws Exception {
    Path file = folder.resolve("signing");
    try (var instances = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> reads = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        reads.add(() -> new Signatures(KeyFile.read(file)).sign("undo", "a"));
      }
      HashSet<String> signed = new HashSet<>();
      for (Future<String> read : instances.invokeAll(reads)) {
        signed.add(read.get());
      }
      assertThat(signed).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "c2hvcnQ=", "not base64!"})
  void saysWhatIsWrongWithAFileAndNotWhatIsInIt(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("signing"), content);

    assertThatIllegalStateException()
        .isThrownBy(() -> KeyFile.read(file))
        .withMessageContaining(file.toString())
        .satisfies(e -> {
          if (!content.isBlank()) {
            assertThat(e.getMessage()).doesNotContain(content);
          }
        });
  }
}
