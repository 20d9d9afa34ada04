package meower.command.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Characters that nobody sees and that make a text look like another one, or hide something in it.
 *
 * <p>What people write with stays: joiners, variation selectors, marks of direction, places to
 * break a line or a word. What turns text around has to end in its line, as UAX #9 pairs it.
 */
final class HiddenText {

  /** UTS #51: a flag of a region that has no flag of its own. */
  private static final Pattern FLAG =
      Pattern.compile("\\x{1F3F4}[\\x{E0030}-\\x{E0039}\\x{E0061}-\\x{E007A}]{3,6}\\x{E007F}");

  /**
   * Overrides of direction, invisible operators, deprecated and reserved format characters,
   * annotations, controls of shorthand and music, and tags.
   */
  private static final Pattern ALWAYS =
      Pattern.compile(
          "[\\x{202D}\\x{202E}\\x{2061}-\\x{2065}\\x{206A}-\\x{206F}\\x{FFF0}-\\x{FFFB}"
              + "\\x{1BCA0}-\\x{1BCA3}\\x{1D173}-\\x{1D17A}"
              + "\\x{E0000}-\\x{E00FF}\\x{E01F0}-\\x{E0FFF}]");

  /** In writing there are at most three side by side. */
  private static final Pattern MANY =
      Pattern.compile(
          "[\\p{Cf}\\x{034F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180F}\\x{2800}"
              + "\\x{3164}\\x{FE00}-\\x{FE0F}\\x{FFA0}\\x{E0100}-\\x{E01EF}]{4,}");

  private static final int POP_EMBEDDING = 0x202C;
  private static final int POP_ISOLATE = 0x2069;

  private HiddenText() {}

  /** Returns the first character that has to go, if there is one. */
  static OptionalInt firstIn(String text) {
    String withoutFlags = FLAG.matcher(text).replaceAll("");
    OptionalInt always = first(ALWAYS, withoutFlags);
    if (always.isPresent()) {
      return always;
    }
    OptionalInt many = first(MANY, withoutFlags);
    return many.isPresent() ? many : firstUnpaired(text);
  }

  private static OptionalInt first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? OptionalInt.of(text.codePointAt(matcher.start())) : OptionalInt.empty();
  }

  /** One that opens and is not closed in its line, or closes what is not open. */
  private static OptionalInt firstUnpaired(String text) {
    Deque<Integer> open = new ArrayDeque<>();
    for (int c : text.codePoints().toArray()) {
      switch (c) {
        case 0x202A, 0x202B, 0x2066, 0x2067, 0x2068 -> open.push(c);
        case POP_EMBEDDING, POP_ISOLATE -> {
          if (open.isEmpty() || closing(open.pop()) != c) {
            return OptionalInt.of(c);
          }
        }
        case '\n' -> {
          if (!open.isEmpty()) {
            return OptionalInt.of(open.peek());
          }
        }
        default -> {}
      }
    }
    return open.isEmpty() ? OptionalInt.empty() : OptionalInt.of(open.peek());
  }

  private static int closing(int opening) {
    return opening == 0x202A || opening == 0x202B ? POP_EMBEDDING : POP_ISOLATE;
  }
}
