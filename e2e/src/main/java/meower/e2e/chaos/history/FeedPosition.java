package meower.e2e.chaos.history;

import java.util.regex.Pattern;

/** A place in the feed, read by the letter of the contract: {@code <epoch>-<stream sequence>}. */
public record FeedPosition(String epoch, long sequence) {

  private static final Pattern TEXT = Pattern.compile("([0-9a-z]+)-([0-9]+)");

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static FeedPosition parse(String text) {
    var matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a position: " + text);
    }
    return new FeedPosition(matcher.group(1), Long.parseLong(matcher.group(2)));
  }

  /** Whether what has this position has everything up to another one of the same epoch. */
  public boolean reaches(FeedPosition other) {
    return epoch.equals(other.epoch) && sequence >= other.sequence;
  }

  @Override
  public String toString() {
    return epoch + "-" + sequence;
  }
}
