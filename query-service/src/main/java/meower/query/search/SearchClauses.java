package meower.query.search;

import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.util.List;
import java.util.Optional;
import meower.search.SearchPart;
import meower.search.SearchQuery;
import meower.search.SearchUnits;
import meower.text.Name;
import meower.text.Token;
import meower.text.Tokens;

/**
 * A {@link SearchQuery} in the words of Elasticsearch.
 *
 * <p>Nothing of what was typed becomes syntax: it only ever is the text of a clause. The index
 * holds tokens as {@link Tokens} cuts them, and Elasticsearch compares, no more.
 *
 * <p>A meow has to match every part. Its score says how well: the index's similarity is {@code
 * boolean}, so each clause counts its boost, whatever else has been posted, and an order stays what
 * it was while somebody pages through it. Among equals the newest comes first.
 */
final class SearchClauses {

  /** More words than that are not looked for next to each other. */
  private static final int LONGEST_ROW = 30;

  private final SearchQuery query;
  private final UnitClauses units;

  SearchClauses(SearchQuery query) {
    this.query = query;
    this.units = new UnitClauses(wordsOf(query));
  }

  /**
   * Returns what a meow has to match.
   *
   * @param all what it has to match beside
   */
  Query matching(BoolQuery.Builder all) {
    query.parts().stream().distinct().forEach(part -> add(all, part));
    inOneRow().ifPresent(all::should);
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
    Name.in(words.text()).stream()
        .map(Name::text)
        .filter(name -> words.text().contains(name))
        .forEach(name -> all.should(UnitClauses.signed(name)));
  }

  /** Words that stand as they were typed come first. */
  private Optional<Query> inOneRow() {
    List<Token> row =
        query.parts(SearchPart.Words.class).stream()
            .flatMap(words -> words.tokens().stream())
            .toList();
    return row.size() < 2 || row.size() > LONGEST_ROW
        ? Optional.empty()
        : Optional.of(UnitClauses.row(row));
  }
}
