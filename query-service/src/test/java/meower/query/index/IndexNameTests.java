package meower.query.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexNameTests {

  @Test
  void readsWhatItWrites() {
    IndexName name = new IndexName(3, "mhx3k2a0", 2);
    assertThat(name).hasToString("meows-v3-mhx3k2a0-2");
    assertThat(IndexName.parse(name.toString())).contains(name);
  }

  @Test
  void readsANameFromBeforeThereWereGenerations() {
    assertThat(IndexName.parse("meows-v1-mhx3k2a0")).contains(new IndexName(1, "mhx3k2a0", 0));
    assertThat(new IndexName(1, "mhx3k2a0", 0)).hasToString("meows-v1-mhx3k2a0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"meows", "meows-v1-a-0", "meows-v0-a", "meows-v1-", "meows-v1-A", "other-v1-a"})
  void leavesOtherNamesAlone(String text) {
    assertThat(IndexName.parse(text)).isEmpty();
  }
}
