package meower.query.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexNameTests {

  @Test
  void readsWhatItWrites() {
    IndexName name = new IndexName(3, "mhx3k2a0");
    assertThat(name).hasToString("meows-v3-mhx3k2a0");
    assertThat(IndexName.parse(name.toString())).contains(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"meows", "meows-v0-a", "meows-v1-", "meows-v1-A", "other-v1-a"})
  void leavesOtherNamesAlone(String text) {
    assertThat(IndexName.parse(text)).isEmpty();
  }
}
