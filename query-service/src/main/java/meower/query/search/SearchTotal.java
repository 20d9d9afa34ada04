package meower.query.search;

import org.springframework.http.HttpHeaders;

/**
 * How many meows are found altogether.
 *
 * @param count so many, or so many at least
 * @param isExact whether there are no more
 */
record SearchTotal(long count, boolean isExact) {

  /** So many are counted; of more is only said that there are at least so many. */
  static final int MOST_COUNTED = 1_000;

  private static final String TOTAL_HEADER = "Meower-Total";
  private static final String RELATION_HEADER = "Meower-Total-Relation";

  static final SearchTotal NONE = new SearchTotal(0, true);

  /** As many as are counted, if not more. */
  static final SearchTotal MANY = new SearchTotal(MOST_COUNTED, false);

  /** Whether there are more than are counted. */
  boolean isMany() {
    return !isExact && count >= MOST_COUNTED;
  }

  /** Returns the same of meows beside which there may be others. */
  SearchTotal andOthers() {
    return new SearchTotal(count, false);
  }

  /**
   * Returns the total when a part of the result was seen, too.
   *
   * @param skipped how many lie before the part
   * @param size how many were seen of it
   * @param more whether there may be further ones behind it
   */
  SearchTotal seen(int skipped, int size, boolean more) {
    if (isExact || (size == 0 && skipped > 0)) {
      return this;
    }
    long known = (long) skipped + size;
    return more ? new SearchTotal(Math.max(count, known), false) : new SearchTotal(known, true);
  }

  /** Says it in the headers of an answer. */
  void addTo(HttpHeaders headers) {
    headers.set(TOTAL_HEADER, Long.toString(count));
    headers.set(RELATION_HEADER, isExact ? "exact" : "at-least");
  }
}
