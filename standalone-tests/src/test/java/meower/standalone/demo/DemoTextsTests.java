package meower.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DemoTextsTests {
  private static final List<String> TEXTS = new DemoTexts(42).stream().limit(10_000).toList();

  @Test
  void areAllDifferent() {
    assertThat(TEXTS).doesNotHaveDuplicates();
  }

  @Test
  void areMeowsThatTheCommandServiceTakes() {
    assertThat(TEXTS)
        .allSatisfy(text -> {
          assertThat(text.codePointCount(0, text.length())).isBetween(1, 140);
          assertThat(text).isEqualTo(text.strip());
          assertThat(Normalizer.isNormalized(text, Normalizer.Form.NFC)).isTrue();
          assertThat(text.codePoints()).noneMatch(Character::isISOControl);
        });
  }

  @Test
  void showWhatAFeedCanContain() {
    assertThat(TEXTS)
        .anyMatch(text -> text.contains("#cats"))
        .anyMatch(text -> text.contains("https://example.org/"))
        .anyMatch(text -> text.contains("café"))
        .anyMatch(text -> text.contains("😹"))
        .anyMatch(text -> text.contains("猫"))
        .anyMatch(text -> text.contains("Кошка"));
  }

  @Test
  void doNotBeginAlike() {
    var beginnings = TEXTS.stream().map(text -> text.substring(0, 5)).collect(Collectors.toSet());
    assertThat(beginnings).hasSizeGreaterThan(80);
  }
}
