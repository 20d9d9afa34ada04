package meower.query.search;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.util.ArrayList;
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
  private static final float BEGINNING = 2;

  /** So that words with errors in them, which count less than 1, never count more than anything. */
  private static final float APART = 1;

  private static final int FIRST_LETTER_RIGHT = 1;

  /** Elasticsearch refuses queries of more than about a thousand terms on small servers. */
  private static final int MAX_TERMS = 600;

  private static final int MAX_EXPANSIONS = 50;

  /** So many pairs may begin with the letter at the end of a phrase. */
  private static final int MAX_ENDINGS = 200;

  private final int expansions;

  private final boolean forgiving;

  /**
   * @param words how many there are in the query
   * @param forgiving whether single words forgive typing errors
   */
  UnitClauses(int words, boolean forgiving) {
    this.forgiving = forgiving;
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

  /** Whatever begins like it counts more than what has errors, and the word itself most. */
  private Query word(SearchUnit.Word word) {
    List<Query> ways = new ArrayList<>();
    ways.add(term(WORDS, word.text(), EXACT));
    ways.add(term(NAMES, word.text(), EXACT));
    if (word.open()) {
      ways.add(beginning(PREFIX, word.text()));
    }
    if (forgiving && word.forgiven() > 0) {
      ways.add(fuzzy(word));
    }
    return best(ways);
  }

  private Query compound(SearchUnit.Compound compound) {
    List<Query> ways = new ArrayList<>();
    ways.add(row(compound.words(), EXACT));
    ways.add(term(NAMES, compound.joined(), NEXT_TO_EACH_OTHER));
    if (compound.open()) {
      ways.add(rowBeginning(String.join(" ", compound.words())));
    }
    if (compound.isForgiving()) {
      ways.add(apart(compound.each()));
    }
    return best(ways);
  }

  /** All of them together count no more than {@link #APART}. */
  private Query apart(List<SearchUnit.Word> words) {
    float boost = APART / (EXACT * words.size());
    return Query.of(
        q -> q.bool(all -> all.must(words.stream().map(this::word).toList()).boost(boost)));
  }

  /** Exact, as a live topic is, unless it is still being typed. */
  Query tag(String name, boolean open) {
    Query exact = term(TAGS, name, EXACT);
    return open ? best(List.of(exact, beginning(TAGS, name))) : exact;
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

  private static Query best(List<Query> ways) {
    return Query.of(q -> q.disMax(d -> d.queries(ways)));
  }
}
