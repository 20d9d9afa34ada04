package meower.e2e.hostile.wire;

import java.util.List;
import java.util.SplittableRandom;

/** Chance that can be repeated: the same seed and number give the same throws. */
public final class Dice {

  private static final long ODD = 0x9E37_79B9_7F4A_7C15L;

  private final SplittableRandom random;

  public Dice(long seed, long number) {
    this.random = new SplittableRandom(seed + number * ODD);
  }

  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** A number from the first up to and including the last. */
  public int between(int first, int last) {
    return first + random.nextInt(last - first + 1);
  }

  /** True in so many of a hundred throws. */
  public boolean percent(int percent) {
    return random.nextInt(100) < percent;
  }

  public <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  public String oneOf(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  public int oneOf(int[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
