package meower.schema;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the feed: the cursor of the live feed and the freshness mark of every read.
 *
 * <p>Opaque for clients; inside it is {@code <epoch>-<stream sequence>}. Positions compare within
 * one epoch only. "Everything after position P" cannot miss a meow, because the stream hands out
 * sequences in the order of the feed.
 *
 * @param epoch names the stream from when it was made until it is made anew, 1–32 lower-case
 *     letters and digits
 * @param sequence the stream sequence, 0 (before the first meow) or more
 */
public record Position(String epoch, long sequence) {

  private static final Pattern EPOCH = Pattern.compile("[0-9a-z]{1,32}");
  private static final Pattern TEXT = Pattern.compile("([0-9a-z]{1,32})-([0-9]{1,18})");

  /**
   * @throws IllegalArgumentException if a component is out of its range
   */
  public Position {
    if (!EPOCH.matcher(epoch).matches()) {
      throw new IllegalArgumentException("an epoch is 1 to 32 lower-case letters and digits");
    }
    if (sequence < 0) {
      throw new IllegalArgumentException("a sequence is not negative");
    }
  }

  /** Reads the text form; empty when it is not one. */
  public static Optional<Position> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(new Position(matcher.group(1), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  /** Returns the place of another sequence in the same epoch. */
  public Position at(long otherSequence) {
    return new Position(epoch, otherSequence);
  }

  /** Returns the text form, as clients see it. */
  @Override
  public String toString() {
    return epoch + "-" + sequence;
  }
}
