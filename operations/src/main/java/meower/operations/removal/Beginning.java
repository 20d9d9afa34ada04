package meower.operations.removal;

/** The first characters of a text, on one line of a terminal. */
final class Beginning {

  private static final int CHARACTERS = 60;

  private Beginning() {}

  /** Whoever posted it must not write anywhere else on the terminal. */
  static String of(String text) {
    String line = text.replaceAll("[\\p{C}\\p{Z}]+", " ");
    return line.codePointCount(0, line.length()) <= CHARACTERS
        ? line
        : line.substring(0, line.offsetByCodePoints(0, CHARACTERS)) + "…";
  }
}
