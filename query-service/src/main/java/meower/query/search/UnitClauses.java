package meower.query.search;

import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.util.List;
import java.util.stream.Collectors;
import meower.search.SearchUnit;
import meower.text.Token;

/** The clauses of single things that were typed; see {@link SearchClauses}. */
final class UnitClauses {

  private static final String WORDS = "words";
  private static final String PREFIX = "words.prefix";
  private static final String NAMES = "names";
  private static final String TAGS = "tags";

  private static final float SIGNED = 4;
  private static final float EXACT = 3;
  private static final float NEXT_TO_EACH_OTHER = 2;
  private static final float BEGINNING = 0.5f;

  private static final int FIRST_LETTER_RIGHT = 1;

  /** Elasticsearch refuses queries of more than about a thousand terms on small servers. */
  private static final int MAX_TERMS = 600;

  private static final int MAX_EXPANSIONS = 50;

  /** So many pairs may begin with the letter at the end of a phrase. */
  private static final int MAX_ENDINGS = 200;

  private final int expansions;

  /**
   * @param words how many there are in the query
   */
  UnitClauses(int words) {
    this.expansions = Math.clamp(MAX_TERMS / Math.max(1, words), 4, MAX_EXPANSIONS);
  }

  Query of(SearchUnit unit) {
    return switch (unit) {
      case SearchUnit.Word word -> word(word);
      case SearchUnit.Compound compound -> compound(compound);
      case SearchUnit.Piece(List<String> pairs) -> row(pairs, EXACT);
      case SearchUnit.Letter(String letter) -> beginning(PREFIX, letter);
      case SearchUnit.Picture(String picture) -> term(WORDS, picture, EXACT);
    };
  }

  private Query word(SearchUnit.Word word) {
    BoolQuery.Builder any = new BoolQuery.Builder();
    any.should(term(WORDS, word.text(), EXACT));
    any.should(term(NAMES, word.text(), EXACT));
    if (word.forgiven() > 0) {
      any.should(fuzzy(word));
    }
    if (word.open()) {
      any.should(beginning(PREFIX, word.text()));
    }
    return any(any);
  }

  private Query compound(SearchUnit.Compound compound) {
    BoolQuery.Builder any = new BoolQuery.Builder();
    any.should(row(compound.words(), EXACT));
    any.should(term(NAMES, compound.joined(), NEXT_TO_EACH_OTHER));
    if (compound.open()) {
      any.should(rowBeginning(String.join(" ", compound.words())));
    }
    if (compound.isForgiving()) {
      any.should(q -> q.bool(all -> all.must(compound.each().stream().map(this::word).toList())));
    }
    return any(any);
  }

  /** Exact, as a live topic is, unless it is still being typed. */
  Query tag(String name, boolean open) {
    Query exact = term(TAGS, name, EXACT);
    return open ? any(new BoolQuery.Builder().should(exact).should(beginning(TAGS, name))) : exact;
  }

  /** Returns what finds a name with its signs. */
  static Query signed(String name) {
    return term(NAMES, name, SIGNED);
  }

  /** Returns what finds the tokens next to each other. */
  static Query row(List<Token> tokens) {
    return row(tokens.stream().map(Token::text).toList(), NEXT_TO_EACH_OTHER);
  }

  /** The same, and the text may go on behind the last one when that is written without a space. */
  static Query phrase(List<Token> tokens) {
    Token last = tokens.getLast();
    if (last.kind() != Token.Kind.SINGLE) {
      return row(tokens.stream().map(Token::text).toList(), EXACT);
    }
    return tokens.size() == 1
        ? beginning(PREFIX, last.text())
        : rowBeginning(tokens.stream().map(Token::text).collect(Collectors.joining(" ")));
  }

  private static Query row(List<String> tokens, float boost) {
    return tokens.size() == 1
        ? term(WORDS, tokens.getFirst(), boost)
        : Query.of(
            q -> q.matchPhrase(p -> p.field(WORDS).query(String.join(" ", tokens)).boost(boost)));
  }

  private static Query rowBeginning(String tokens) {
    return Query.of(
        q -> q.matchPhrasePrefix(p -> p.field(WORDS).query(tokens).maxExpansions(MAX_ENDINGS)));
  }

  private Query fuzzy(SearchUnit.Word word) {
    return Query.of(q ->
        q.fuzzy(f ->
            f.field(WORDS)
                .value(word.text())
                .fuzziness(Integer.toString(word.forgiven()))
                .prefixLength(FIRST_LETTER_RIGHT)
                .maxExpansions(expansions)));
  }

  private static Query term(String field, String value, float boost) {
    return Query.of(q -> q.term(t -> t.field(field).value(value).boost(boost)));
  }

  private static Query beginning(String field, String value) {
    return Query.of(q -> q.prefix(p -> p.field(field).value(value).boost(BEGINNING)));
  }

  private static Query any(BoolQuery.Builder any) {
    return any.minimumShouldMatch("1").build()._toQuery();
  }
}
