package meower.query.search;

import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.MatchQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Operator;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A {@link SearchQuery} in the words of Elasticsearch.
 *
 * <p>Nothing of what was typed becomes syntax: it only ever is the text of a clause, and
 * Elasticsearch takes it apart with the analyzer that took the meows apart.
 */
final class SearchClauses {

  /** The folded body, and what is highlighted in it. */
  static final String TEXT = "text";

  private static final String PREFIX = "text.prefix";
  private static final String TAGS = "tags";
  private static final String FUZZINESS = "AUTO";
  private static final int FIRST_LETTER_RIGHT = 1;
  private static final float EXACT_BOOST = 2;

  /** Elasticsearch refuses queries of more than about a thousand terms on small servers. */
  private static final int MAX_TERMS = 800;

  private static final int MAX_EXPANSIONS = 50;

  private final SearchQuery query;
  private final int expansions;
  private final List<String> words;

  SearchClauses(SearchQuery query) {
    this.query = query;
    this.words = query.texts(SearchPart.Words.class);
    this.expansions = Math.clamp(MAX_TERMS / Math.max(1, words.size() * 2), 4, MAX_EXPANSIONS);
  }

  /**
   * Returns what a meow has to match, every part of it; exact words count more.
   *
   * @param all what it has to match beside
   */
  Query matching(BoolQuery.Builder all) {
    String complete = join(query.complete());
    if (!complete.isEmpty()) {
      all.must(fuzzy(complete, Operator.And));
    }
    query.complete().forEach(part -> complete(part).ifPresent(all::must));
    query.last().ifPresent(part -> all.must(last(part)));
    if (!words.isEmpty()) {
      String text = String.join(" ", words);
      all.should(q -> q.match(m -> m.field(TEXT).query(text).boost(EXACT_BOOST)));
    }
    return all.build()._toQuery();
  }

  /** Returns what is to be highlighted in {@link #TEXT}, or nothing if tags alone are wanted. */
  Optional<Query> highlighting() {
    List<Query> highlighted = new ArrayList<>();
    query.texts(SearchPart.Phrase.class).forEach(phrase -> highlighted.add(phrase(phrase)));
    if (!words.isEmpty()) {
      highlighted.add(fuzzy(String.join(" ", words), Operator.Or));
    }
    if (query.last().orElse(null) instanceof SearchPart.Words(String last)) {
      highlighted.add(Query.of(q -> q.matchBoolPrefix(m -> m.field(TEXT).query(last))));
    }
    return highlighted.isEmpty()
        ? Optional.empty()
        : Optional.of(Query.of(q -> q.bool(b -> b.should(highlighted))));
  }

  /** Words are not here: they are one clause together. */
  private static Optional<Query> complete(SearchPart part) {
    return switch (part) {
      case SearchPart.Words _ -> Optional.empty();
      case SearchPart.Phrase(String text) -> Optional.of(phrase(text));
      case SearchPart.Tag(String name) -> Optional.of(tag(name));
    };
  }

  private Query last(SearchPart part) {
    return switch (part) {
      case SearchPart.Words(String text) -> either(fuzzy(text, Operator.And), beginning(text));
      case SearchPart.Phrase(String text) -> phrase(text);
      case SearchPart.Tag(String name) ->
          either(tag(name), Query.of(q -> q.prefix(p -> p.field(TAGS).value(name))));
    };
  }

  private Query fuzzy(String text, Operator operator) {
    return Query.of(q ->
        q.match(
            new MatchQuery.Builder()
                .field(TEXT)
                .query(text)
                .operator(operator)
                .fuzziness(FUZZINESS)
                .prefixLength(FIRST_LETTER_RIGHT)
                .maxExpansions(expansions)
                .build()));
  }

  private Query beginning(String text) {
    return Query.of(q ->
        q.matchBoolPrefix(m ->
            m.field(PREFIX)
                .query(text)
                .operator(Operator.And)
                .fuzziness(FUZZINESS)
                .prefixLength(FIRST_LETTER_RIGHT)
                .maxExpansions(expansions)));
  }

  private static Query phrase(String text) {
    return Query.of(q -> q.matchPhrase(m -> m.field(TEXT).query(text)));
  }

  private static Query tag(String name) {
    return Query.of(q -> q.term(t -> t.field(TAGS).value(name)));
  }

  private static Query either(Query one, Query other) {
    return Query.of(q -> q.bool(b -> b.should(one, other).minimumShouldMatch("1")));
  }

  private static String join(List<SearchPart> parts) {
    return String.join(
        " ",
        parts.stream().filter(SearchPart.Words.class::isInstance).map(SearchPart::text).toList());
  }
}
