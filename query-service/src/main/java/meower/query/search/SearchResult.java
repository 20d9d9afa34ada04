package meower.query.search;

import java.util.List;

/**
 * A part of what was found.
 *
 * @param more whether something comes behind it
 */
record SearchResult(List<FoundMeow> meows, SearchTotal total, boolean more) {

  static final SearchResult NOTHING = new SearchResult(List.of(), SearchTotal.NONE, false);
}
