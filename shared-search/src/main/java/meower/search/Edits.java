package meower.search;

/**
 * Compares words as Lucene's {@code FuzzyQuery} does, with the first letter right: an error is a
 * letter too much, too few, another one, or two neighbours in the wrong order.
 */
final class Edits {

  /** One letter goes and another one comes. */
  private static final int LETTERS_OF_AN_ERROR = 2;

  private Edits() {}

  /** Tells whether so many errors at most lead from one word to the other. */
  static boolean within(String one, String other, int most) {
    if (one.isEmpty() || other.isEmpty() || one.charAt(0) != other.charAt(0)) {
      return false; // as most words
    }
    if (Long.bitCount(letters(one) ^ letters(other)) > LETTERS_OF_AN_ERROR * most) {
      return false; // as most of the rest
    }
    int[] a = one.codePoints().toArray();
    int[] b = other.codePoints().toArray();
    return a[0] == b[0] && Math.abs(a.length - b.length) <= most && distance(a, b) <= most;
  }

  /** Returns a set of the letters; several may share a bit. */
  private static long letters(String word) {
    long letters = 0;
    for (int at = 0; at < word.length(); at = word.offsetByCodePoints(at, 1)) {
      letters |= 1L << (word.codePointAt(at) % Long.SIZE);
    }
    return letters;
  }

  private static int distance(int[] a, int[] b) {
    int[][] errors = new int[a.length + 1][b.length + 1];
    for (int i = 0; i <= a.length; i++) {
      for (int j = 0; j <= b.length; j++) {
        errors[i][j] = i == 0 || j == 0 ? i + j : least(errors, a, b, i, j);
      }
    }
    return errors[a.length][b.length];
  }

  private static int least(int[][] errors, int[] a, int[] b, int i, int j) {
    int replaced = errors[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
    int changed = Math.min(errors[i - 1][j], errors[i][j - 1]) + 1;
    boolean swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
    int least = Math.min(replaced, changed);
    return swapped ? Math.min(least, errors[i - 2][j - 2] + 1) : least;
  }
}
