package meower.bench.lab;

import java.util.Locale;

/**
 * How much there was when something was measured.
 *
 * @param size how many of them
 * @param unit of what, like {@code meows}
 */
public record Scale(int size, String unit) {

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,d %s", size, unit);
  }
}
