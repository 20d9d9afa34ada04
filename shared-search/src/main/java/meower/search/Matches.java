package meower.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import meower.text.Hashtag;
import meower.text.Name;
import meower.text.TextRange;
import meower.text.Token;

/**
 * Which parts of a text are why it was found, by the rules of the query service's clauses.
 *
 * <p>What has to stand in a row is one part, with what lies between. Each method that marks says
 * whether it has found what it was to mark.
 */
final class Matches {

  private final SearchedText text;
  private final List<Token> tokens;
  private final List<TextRange> ranges = new ArrayList<>();

  Matches(SearchedText text) {
    this.text = text;
    this.tokens = text.tokens();
  }

  /** Returns the ranges of the body that were marked, sorted, none touching another. */
  List<TextRange> ranges() {
    return List.copyOf(merge(ranges));
  }

  boolean mark(SearchUnit unit) {
    return switch (unit) {
      case SearchUnit.Word word -> markWord(word);
      case SearchUnit.Compound compound -> markCompound(compound);
      case SearchUnit.Piece(List<String> pairs) ->
          markRows(pairs.stream().map(pair -> equal(pair, false)).toList());
      case SearchUnit.Letter(String letter) -> markRows(List.of(beginningWith(letter)));
      case SearchUnit.Picture(String picture) -> markRows(List.of(equal(picture, false)));
    };
  }

  /** Tells whether the text has a word as it was typed, without errors and to its end. */
  boolean hasItself(SearchUnit.Word word) {
    return tokens.stream().anyMatch(token -> token.text().equals(word.text()))
        || text.names().stream().anyMatch(name -> name.text().equals(word.text()));
  }

  /** Tells whether tokens stand next to each other in the text, each of them to its end. */
  boolean hasRow(List<Token> row) {
    List<Wanted> wanted = row.stream().map(token -> equal(token.text(), false)).toList();
    for (int from = 0; from + wanted.size() <= tokens.size(); from++) {
      if (isRow(from, wanted)) {
        return true;
      }
    }
    return false;
  }

  private boolean markCompound(SearchUnit.Compound compound) {
    boolean asRow = markRows(equal(compound));
    boolean asName = markNames(compound.joined());
    if (asRow || asName || !compound.isForgiving()) {
      return asRow || asName;
    }
    boolean all = true;
    for (SearchUnit.Word word : compound.each()) {
      all &= markWord(word);
    }
    return all;
  }

  private boolean markWord(SearchUnit.Word word) {
    boolean found = markNames(word.text());
    int forgiven = word.forgiven();
    for (Token token : tokens) {
      if (token.kind() == Token.Kind.WORD
          && (token.text().equals(word.text())
              || (word.open() && token.text().startsWith(word.text()))
              || (forgiven > 0 && Edits.within(word.text(), token.text(), forgiven)))) {
        mark(token.start(), token.end());
        found = true;
      }
    }
    return found;
  }

  /** Marks a name by its signs. */
  boolean markNames(String wanted) {
    boolean found = false;
    for (Name name : text.names()) {
      if (name.text().equals(wanted)) {
        mark(name.start(), name.end());
        found = true;
      }
    }
    return found;
  }

  /** Marks a tag with its sign. */
  boolean markTags(String name, boolean open) {
    boolean found = false;
    for (Hashtag tag : text.tags()) {
      if (tag.name().equals(name) || (open && tag.name().startsWith(name))) {
        ranges.add(new TextRange(tag.start(), tag.end()));
        found = true;
      }
    }
    return found;
  }

  /** Marks a phrase. */
  boolean markPhrase(List<Token> phrase) {
    return markRows(equal(phrase));
  }

  /** Marks where tokens stand next to each other of which each is as wanted. */
  private boolean markRows(List<Wanted> wanted) {
    boolean found = false;
    for (int from = 0; from + wanted.size() <= tokens.size(); from++) {
      if (isRow(from, wanted)) {
        Token last = tokens.get(from + wanted.size() - 1);
        mark(tokens.get(from).start(), last.start() + wanted.getLast().length(last));
        found = true;
      }
    }
    return found;
  }

  private boolean isRow(int from, List<Wanted> wanted) {
    for (int i = 0; i < wanted.size(); i++) {
      if (!wanted.get(i).is().test(tokens.get(from + i))) {
        return false;
      }
    }
    return true;
  }

  private void mark(int start, int end) {
    ranges.add(text.original(start, end));
  }

  /**
   * A token that is wanted.
   *
   * @param prefix how much of it, in UTF-16 code units; 0 for all of it
   */
  private record Wanted(Predicate<Token> is, int prefix) {

    int length(Token token) {
      return prefix == 0 ? token.text().length() : prefix;
    }
  }

  private static List<Wanted> equal(SearchUnit.Compound compound) {
    List<Wanted> wanted = new ArrayList<>();
    for (String word : compound.words()) {
      wanted.add(equal(word, compound.open() && wanted.size() == compound.words().size() - 1));
    }
    return wanted;
  }

  private static List<Wanted> equal(List<Token> phrase) {
    List<Wanted> wanted = new ArrayList<>();
    for (Token token : phrase) {
      boolean isEnd = wanted.size() == phrase.size() - 1;
      wanted.add(
          isEnd && token.kind() == Token.Kind.SINGLE
              ? beginningWith(token.text())
              : equal(token.text(), false));
    }
    return wanted;
  }

  private static Wanted equal(String text, boolean open) {
    return new Wanted(
        token -> token.text().equals(text) || (open && token.text().startsWith(text)), 0);
  }

  private static Wanted beginningWith(String letter) {
    return new Wanted(token -> token.isDense() && token.text().startsWith(letter), letter.length());
  }

  private static List<TextRange> merge(List<TextRange> ranges) {
    List<TextRange> merged = new ArrayList<>();
    Stream<TextRange> sorted = ranges.stream().sorted(Comparator.comparingInt(TextRange::start));
    sorted.forEach(range -> {
      if (merged.isEmpty() || merged.getLast().end() < range.start()) {
        merged.add(range);
      } else {
        TextRange last = merged.removeLast();
        merged.add(new TextRange(last.start(), Math.max(last.end(), range.end())));
      }
    });
    return merged;
  }
}
