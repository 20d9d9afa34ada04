package meower.e2e.chaos.remains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordsTests {

  private final Words words = new Words("sq", Set.of("sq001", "sq002"));

  @Test
  void findsWordsWhereverTheyStand() {
    assertThat(words.in("sq001")).containsExactly("sq001");
    assertThat(words.in("{\"body\":\"a sq001 b\\nsq002\"} sqsq003"))
        .containsExactly("sq001", "sq002");
    assertThat(words.in("sq00 1sq003 sq0021".replace("sq0021", "sq02"))).isEmpty();
  }

  @Test
  void findsAWordThatBeginsInOneChunkAndEndsInTheNext() throws IOException {
    for (int before = (1 << 16) - 6; before < (1 << 16) + 2; before++) {
      byte[] bytes = (" ".repeat(before) + "sq002 ").getBytes(StandardCharsets.US_ASCII);
      assertThat(words.in(new ByteArrayInputStream(bytes)))
          .as("" + before)
          .containsExactly("sq002");
    }
  }

  @Test
  void refusesWordsThatAreNotOfOneForm() {
    assertThatThrownBy(() -> new Words("sq", Set.of("sq1", "sq02")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Words("sq", Set.of("xx1")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void findsWordsInTheFilesThatAreMeant(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("deep"));
    Files.writeString(folder.resolve("deep/1.blk"), "\0\0sq001\0");
    Files.writeString(folder.resolve("other"), "sq002");
    var blocks = new FilesPlace("blocks", folder, file -> file.toString().endsWith(".blk"));
    assertThat(blocks.search(words)).containsExactly("sq001");
    assertThat(new FilesPlace("all", folder, _ -> true).search(words)).hasSize(2);
  }
}
