package meower.query.search;

import java.util.List;

/**
 * A part of what was found.
 *
 * @param total how many meows were found altogether
 */
record SearchResult(List<FoundMeow> meows, long total) {

  static final SearchResult NOTHING = new SearchResult(List.of(), 0);
}
