package meower.query.index;

import java.util.Random;

/** Texts that nobody would think of. */
public final class RandomTexts {

  private static final int[] SUSPICIOUS =
      "\"#*?~^+-!(){}[]:\\/&|<>=. \t\n'’“_@%$ßİıﬁﷺ각がé\u0301\u0338\u200D\uFE0F🐈👨🏽🇩☃½²ǄŉΐΣς"
          .codePoints()
          .toArray();

  private RandomTexts() {}

  /** Returns a well-formed text of 1 to {@code max} code points. */
  public static String next(Random random, int max) {
    int length = 1 + random.nextInt(max);
    return random
        .ints(length, 0, 3)
        .map(kind -> kind == 0 ? any(random) : kind == 1 ? suspicious(random) : letter(random))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static int any(Random random) {
    int codePoint = random.nextInt(Character.MAX_CODE_POINT + 1);
    boolean surrogate = Character.getType(codePoint) == Character.SURROGATE;
    return surrogate ? 'x' : codePoint;
  }

  private static int suspicious(Random random) {
    return SUSPICIOUS[random.nextInt(SUSPICIOUS.length)];
  }

  private static int letter(Random random) {
    return 'a' + random.nextInt(26);
  }
}
