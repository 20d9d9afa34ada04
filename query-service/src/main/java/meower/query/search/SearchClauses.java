package meower.query.search;

import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.util.List;
import java.util.Optional;
import meower.search.BestMatch;
import meower.search.SearchPart;
import meower.search.SearchQuery;
import meower.search.SearchUnit;
import meower.search.SearchUnits;
import meower.text.Tokens;

/**
 * A {@link SearchQuery} in the words of Elasticsearch.
 *
 * <p>Nothing of what was typed becomes syntax: it only ever is the text of a clause. The index
 * holds tokens as {@link Tokens} cuts them, and Elasticsearch compares, no more.
 *
 * <p>A meow has to match every part. Its score says how well: the index's similarity is {@code
 * boolean}, so each clause counts its boost, whatever else has been posted, and an order stays what
 * it was while somebody pages through it. Of each word counts how it was found best: itself, as a
 * beginning, with errors. Among equals the newest comes first.
 *
 * <p>What no meow can match better is what {@link BestMatch} tells, without any index.
 */
final class SearchClauses {

  private final SearchQuery query;
  private final UnitClauses units;

  SearchClauses(SearchQuery query) {
    this(query, true);
  }

  private SearchClauses(SearchQuery query, boolean forgiving) {
    this.query = query;
    this.units = new UnitClauses(wordsOf(query), forgiving);
  }

  /**
   * Returns what forgives no typing errors, and so costs a fraction; nothing when something is
   * found with errors that does not come behind all of this, or when there are none to forgive.
   *
   * <p>Of n words, of which the last one may be a beginning, what has no error counts 3n - 1 at
   * least, and what has one less than 3n - 2. Signs, and words between which there are some, count
   * otherwise.
   */
  static Optional<SearchClauses> strict(SearchQuery query) {
    List<SearchPart.Words> words = query.parts(SearchPart.Words.class);
    List<SearchUnit> units =
        words.stream().flatMap(each -> SearchUnits.of(each.text(), each.open()).stream()).toList();
    boolean isPlain =
        units.stream().noneMatch(SearchUnit.Compound.class::isInstance)
            && words.stream().allMatch(each -> each.signed().isEmpty());
    return isPlain && !units.stream().allMatch(SearchUnit::isUnlimited)
        ? Optional.of(new SearchClauses(query, false))
        : Optional.empty();
  }

  /**
   * Returns what a meow has to match.
   *
   * @param all what it has to match beside
   */
  Query matching(BoolQuery.Builder all) {
    query.parts().stream().distinct().forEach(part -> add(all, part));
    if (!query.row().isEmpty()) {
      all.should(UnitClauses.row(query.row())); // Words that stand as they were typed come first.
    }
    return all.build()._toQuery();
  }

  /** Signs part words, too: there may be many without a space. */
  private static int wordsOf(SearchQuery query) {
    return query.parts(SearchPart.Words.class).stream()
        .mapToInt(words -> Tokens.of(words.text()).size())
        .sum();
  }

  private void add(BoolQuery.Builder all, SearchPart part) {
    switch (part) {
      case SearchPart.Words words -> add(all, words);
      case SearchPart.Phrase phrase -> all.must(UnitClauses.phrase(phrase.tokens()));
      case SearchPart.Tag(String name, boolean open) -> all.must(units.tag(name, open));
    }
  }

  /** What is known by its signs comes first, when they were typed. */
  private void add(BoolQuery.Builder all, SearchPart.Words words) {
    SearchUnits.of(words.text(), words.open()).forEach(unit -> all.must(units.of(unit)));
    words.signed().forEach(name -> all.should(UnitClauses.signed(name)));
  }
}
