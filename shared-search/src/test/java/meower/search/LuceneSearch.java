package meower.search;

import java.util.Collection;
import java.util.List;
import meower.text.Hashtag;
import meower.text.Name;
import meower.text.Token;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.memory.MemoryIndex;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.MultiPhraseQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * What {@link StandingSearch} says, said by Lucene: the clauses of the query service, and an index
 * of one meow.
 */
final class LuceneSearch {

  private static final String WORDS = "words";
  private static final String NAMES = "names";
  private static final String TAGS = "tags";
  private static final int FIRST_LETTER_RIGHT = 1;

  private final MemoryIndex index = new MemoryIndex();
  private final List<String> words;

  LuceneSearch(SearchedText meow) {
    words = meow.tokens().stream().map(Token::text).toList();
    add(WORDS, words);
    add(NAMES, meow.names().stream().map(Name::text).distinct().toList());
    add(TAGS, meow.tags().stream().map(Hashtag::name).distinct().toList());
    index.freeze();
  }

  private void add(String field, Collection<String> terms) {
    if (!terms.isEmpty()) {
      index.addField(field, index.keywordTokenStream(terms));
    }
  }

  boolean finds(Query query) {
    return index.search(query) > 0;
  }

  boolean finds(SearchQuery query) {
    return !query.parts().isEmpty() && finds(clauses(query));
  }

  /** The phrases whose end is open are made of the words that the meow has. */
  Query clauses(SearchQuery query) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    for (SearchPart part : query.parts()) {
      switch (part) {
        case SearchPart.Words(String text, boolean open) ->
            SearchUnits.of(text, open)
                .forEach(unit -> all.add(clause(unit), BooleanClause.Occur.MUST));
        case SearchPart.Phrase phrase -> all.add(phrase(phrase.tokens()), BooleanClause.Occur.MUST);
        case SearchPart.Tag(String name, boolean open) ->
            all.add(open ? beginning(TAGS, name) : term(TAGS, name), BooleanClause.Occur.MUST);
      }
    }
    return all.build();
  }

  private Query phrase(List<Token> tokens) {
    List<String> texts = tokens.stream().map(Token::text).toList();
    return tokens.getLast().kind() == Token.Kind.SINGLE ? openRow(texts) : row(texts);
  }

  private Query clause(SearchUnit unit) {
    return switch (unit) {
      case SearchUnit.Word word -> word(word);
      case SearchUnit.Compound compound -> compound(compound);
      case SearchUnit.Piece(List<String> pairs) -> row(pairs);
      case SearchUnit.Letter(String letter) -> beginning(WORDS, letter);
      case SearchUnit.Picture(String picture) -> term(WORDS, picture);
    };
  }

  private static Query word(SearchUnit.Word word) {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    any.add(term(WORDS, word.text()), BooleanClause.Occur.SHOULD);
    any.add(term(NAMES, word.text()), BooleanClause.Occur.SHOULD);
    if (word.forgiven() > 0) {
      any.add(
          new FuzzyQuery(
              new Term(WORDS, word.text()), word.forgiven(), FIRST_LETTER_RIGHT, 1000, true),
          BooleanClause.Occur.SHOULD);
    }
    if (word.open()) {
      any.add(beginning(WORDS, word.text()), BooleanClause.Occur.SHOULD);
    }
    return any.build();
  }

  private Query compound(SearchUnit.Compound compound) {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    any.add(row(compound.words()), BooleanClause.Occur.SHOULD);
    any.add(term(NAMES, compound.joined()), BooleanClause.Occur.SHOULD);
    if (compound.open()) {
      any.add(openRow(compound.words()), BooleanClause.Occur.SHOULD);
    }
    if (compound.isForgiving()) {
      BooleanQuery.Builder all = new BooleanQuery.Builder();
      compound.each().forEach(word -> all.add(word(word), BooleanClause.Occur.MUST));
      any.add(all.build(), BooleanClause.Occur.SHOULD);
    }
    return any.build();
  }

  private static Query row(List<String> tokens) {
    return tokens.size() == 1
        ? term(WORDS, tokens.getFirst())
        : new PhraseQuery(WORDS, tokens.toArray(String[]::new));
  }

  private Query openRow(List<String> tokens) {
    if (tokens.size() == 1) {
      return beginning(WORDS, tokens.getFirst());
    }
    Term[] endings =
        words.stream()
            .filter(word -> word.startsWith(tokens.getLast()))
            .distinct()
            .map(word -> new Term(WORDS, word))
            .toArray(Term[]::new);
    if (endings.length == 0) {
      return new MatchNoDocsQuery();
    }
    MultiPhraseQuery.Builder row = new MultiPhraseQuery.Builder();
    tokens.subList(0, tokens.size() - 1).forEach(token -> row.add(new Term(WORDS, token)));
    return row.add(endings).build();
  }

  private static Query term(String field, String text) {
    return new TermQuery(new Term(field, text));
  }

  private static Query beginning(String field, String text) {
    return new PrefixQuery(new Term(field, text));
  }
}
