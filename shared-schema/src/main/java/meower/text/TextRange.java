package meower.text;

/**
 * A part of a text, in UTF-16 code units.
 *
 * @param start offset of the first unit
 * @param end offset behind the last unit
 */
public record TextRange(int start, int end) {

  /**
   * @throws IllegalArgumentException if the range is empty or negative
   */
  public TextRange {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("0 <= start < end");
    }
  }
}
