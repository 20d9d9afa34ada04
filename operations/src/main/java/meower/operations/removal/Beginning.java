package meower.operations.removal;

import meower.text.Printable;

/** The first characters of a text, on one line of a terminal. */
final class Beginning {

  private static final int CHARACTERS = 60;

  private Beginning() {}

  static String of(String text) {
    String line = Printable.line(text);
    return line.codePointCount(0, line.length()) <= CHARACTERS
        ? line
        : line.substring(0, line.offsetByCodePoints(0, CHARACTERS)) + "…";
  }
}
