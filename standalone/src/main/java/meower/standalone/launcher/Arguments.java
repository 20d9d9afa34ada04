package meower.standalone.launcher;

import java.util.Arrays;
import java.util.List;
import java.util.ListIterator;

/**
 * The words of a command line: options, some of them with a value behind.
 *
 * <p>What is wrong with one is thrown as an {@link IllegalArgumentException} with a message for the
 * person who typed it.
 */
public final class Arguments {

  private final ListIterator<String> words;
  private String option = "";

  public Arguments(List<String> words) {
    this.words = words.listIterator();
  }

  public boolean hasNext() {
    return words.hasNext();
  }

  /** Goes on to the next option and returns it, as it was typed. */
  public String nextOption() {
    option = words.next();
    return option;
  }

  /** Whether anything stands behind the option, for one that may do without. */
  public boolean hasValue() {
    if (!words.hasNext()) {
      return false;
    }
    boolean isOption = words.next().startsWith("--");
    words.previous();
    return !isOption;
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
