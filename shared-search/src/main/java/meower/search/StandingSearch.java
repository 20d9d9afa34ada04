package meower.search;

import java.util.List;
import java.util.Optional;
import meower.text.TextRange;

/**
 * A query that is asked of each meow that comes, instead of all that are there.
 *
 * <p>A meow matches when {@code GET /search} would find it in an index that holds this meow alone:
 * the same folding, words, typing errors, beginnings, phrases and tags. Only Elasticsearch's limits
 * of how many words may stand for one that was typed do not apply. It never changes: any number of
 * threads may use it.
 */
public final class StandingSearch {

  /** So many words it has at most. */
  public static final int MAX_WORDS = 20;

  private final Marker marker;

  public StandingSearch(SearchQuery query) {
    this.marker = new Marker(query);
  }

  /**
   * Returns why a text cannot stand as a query, as what its name is followed by in a sentence:
   * {@code has to be …}; nothing if it can.
   */
  public static Optional<String> refusal(String text) {
    return SearchQuery.refusal(text)
        .or(() ->
            SearchQuery.parse(text).words() > MAX_WORDS
                ? Optional.of("may have %d words at most".formatted(MAX_WORDS))
                : Optional.empty());
  }

  /**
   * Tells whether Elasticsearch finds the same in an index of many meows: it lets only so many
   * words stand for one that was typed with errors, or for the end of a phrase.
   */
  public static boolean isUnlimited(SearchQuery query) {
    return query.parts().stream().allMatch(StandingSearch::isUnlimited);
  }

  private static boolean isUnlimited(SearchPart part) {
    return switch (part) {
      case SearchPart.Tag _ -> true;
      case SearchPart.Phrase phrase -> phrase.isUnlimited();
      case SearchPart.Words(String text, boolean open) ->
          SearchUnits.of(text, open).stream().allMatch(SearchUnit::isUnlimited);
    };
  }

  /**
   * Returns the parts of the body by which the meow matches, as {@code /search} gives them: sorted,
   * none touching another, in UTF-16 code units; nothing when it does not match.
   */
  public Optional<List<TextRange>> matches(SearchedText meow) {
    return marker.find(meow);
  }
}
