package meower.standalone.launcher;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * The words of a command line: options, some of them with a value behind.
 *
 * <p>What is wrong with one is thrown as an {@link IllegalArgumentException} with a message for the
 * person who typed it.
 */
public final class Arguments {

  private final Iterator<String> words;
  private String option = "";

  public Arguments(List<String> words) {
    this.words = words.iterator();
  }

  public boolean hasNext() {
    return words.hasNext();
  }

  /** Goes on to the next option and returns it, as it was typed. */
  public String nextOption() {
    option = words.next();
    return option;
  }

  /** Returns what stands behind the option. */
  public String value() {
    if (!words.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return words.next();
  }

  /** Returns the number that stands behind the option. */
  public double number() {
    return number(value(), Double::valueOf);
  }

  /** Returns the whole number that stands behind the option. */
  public int wholeNumber() {
    return number(value(), Integer::valueOf);
  }

  /** Returns the whole numbers that stand behind the option, with commas between them. */
  public List<Integer> wholeNumbers() {
    String text = value();
    return Arrays.stream(text.split(",", -1)).map(part -> number(part, Integer::valueOf)).toList();
  }

  /** Returns what to throw for an option that nobody knows. */
  public IllegalArgumentException unknown() {
    return new IllegalArgumentException("unknown option " + option);
  }

  private interface Parser<T> {
    T parse(String text);
  }

  private <T extends Number> T number(String text, Parser<T> parser) {
    try {
      return parser.parse(text);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException(option + " needs a number, not " + text);
    }
  }
}
