package meower.query.search;

import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Operator;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import meower.search.SearchPart;
import meower.search.SearchQuery;

/**
 * A {@link SearchQuery} for an index of a mapping before the fourth, which Elasticsearch's standard
 * tokenizer has taken apart. It is read until its successor is filled, some minutes long.
 */
final class FormerClauses {

  private static final String TEXT = "text";

  private FormerClauses() {}

  /**
   * Returns what a meow has to match.
   *
   * @param all what it has to match beside
   */
  static Query matching(BoolQuery.Builder all, SearchQuery query) {
    query.parts().forEach(part -> all.must(clause(part)));
    return all.build()._toQuery();
  }

  private static Query clause(SearchPart part) {
    return switch (part) {
      case SearchPart.Words(String text, boolean open) ->
          open
              ? Query.of(
                  q -> q.matchBoolPrefix(m -> m.field(TEXT).query(text).operator(Operator.And)))
              : Query.of(q ->
                  q.match(m ->
                      m.field(TEXT)
                          .query(text)
                          .operator(Operator.And)
                          .fuzziness("AUTO")
                          .prefixLength(1)));
      case SearchPart.Phrase(String text) ->
          Query.of(q -> q.matchPhrase(m -> m.field(TEXT).query(text)));
      case SearchPart.Tag(String name, _) ->
          Query.of(q -> q.term(t -> t.field("tags").value(name)));
    };
  }
}
