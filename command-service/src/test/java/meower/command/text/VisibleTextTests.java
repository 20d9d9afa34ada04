package meower.command.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Over all code points, beside what Java itself knows of them. */
class VisibleTextTests {

  private static final Pattern SHOWS_NOTHING_ALONE =
      Pattern.compile("[\\s\\p{Z}\\p{Cc}\\p{Cf}\\p{M}]");

  @Test
  void doesNotSeeWhatJavaKnowsToShowNothing() {
    assertThat(all().filter(c -> isNothing(c) && VisibleText.isVisible(c))).isEmpty();
  }

  @Test
  void seesEverythingElseButTheCodePointsThatAreIgnored() {
    Set<Integer> hidden = new TreeSet<>();
    all().filter(c -> !isNothing(c) && !VisibleText.isVisible(c)).forEach(hidden::add);

    Set<Integer> ignored = new TreeSet<>(Set.of(0x115F, 0x1160, 0x2065, 0x2800, 0x3164, 0xFFA0));
    IntStream.rangeClosed(0xFFF0, 0xFFF8).forEach(ignored::add);
    IntStream.rangeClosed(0xE0000, 0xE0FFF).filter(c -> !isNothing(c)).forEach(ignored::add);
    assertThat(hidden).isEqualTo(ignored);
  }

  @Test
  void seesAMarkOnItsBaseOnly() {
    assertThat(VisibleText.isVisible("\u0301\u20E3")).isFalse();
    assertThat(VisibleText.isVisible("\u3164\u0301")).isFalse();
    assertThat(VisibleText.isVisible("1\uFE0F\u20E3")).isTrue();
  }

  private static IntStream all() {
    return IntStream.rangeClosed(Character.MIN_CODE_POINT, Character.MAX_CODE_POINT);
  }

  private static boolean isNothing(int codePoint) {
    return SHOWS_NOTHING_ALONE.matcher(Character.toString(codePoint)).matches();
  }
}
