package meower.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import meower.search.Anchor.Length;
import meower.search.Anchor.Start;
import meower.search.Anchor.TagStart;
import meower.search.SearchUnit.Compound;
import meower.search.SearchUnit.Letter;
import meower.search.SearchUnit.Picture;
import meower.search.SearchUnit.Piece;
import meower.text.Token;

/**
 * By which anchors a meow has to be found that may match a query: it has one of them at least.
 *
 * <p>Everything that was typed has anchors; those are taken that fewest meows should have. How many
 * have them is a guess: a wrong one costs time, never a match.
 */
final class QueryAnchors {

  /**
   * Anchors of which a meow that matches has one.
   *
   * @param rarity the more, the fewer other meows have one
   */
  private record Choice(Set<Anchor> anchors, int rarity) {

    Choice or(Anchor other) {
      Set<Anchor> both = new HashSet<>(anchors);
      both.add(other);
      return new Choice(both, rarity);
    }
  }

  private static final int TAG = 100;
  private static final int TAG_START = 20;
  private static final int PAIR = 10;
  private static final int LETTER_AND_LENGTH = 5;
  private static final int LETTER_AND_LEAST_LENGTH = 3;
  private static final int PER_LETTER = 3;
  private static final int PER_LETTER_OF_START = 2;

  private QueryAnchors() {}

  /** Returns the anchors. */
  static Set<Anchor> of(SearchQuery query) {
    return query.parts().stream()
        .flatMap(part -> choices(part).stream())
        .max(Comparator.comparingInt(Choice::rarity))
        .map(Choice::anchors)
        .orElse(Set.of(new Anchor.Any()));
  }

  private static List<Choice> choices(SearchPart part) {
    return switch (part) {
      case SearchPart.Tag(String name, boolean open) ->
          List.of(
              open
                  ? new Choice(Set.of(new TagStart(name.codePointAt(0))), TAG_START)
                  : new Choice(Set.of(new Anchor.Tag(name)), TAG));
      case SearchPart.Phrase phrase -> phrase.tokens().stream().map(QueryAnchors::token).toList();
      case SearchPart.Words(String text, boolean open) ->
          SearchUnits.of(text, open).stream().flatMap(unit -> choices(unit).stream()).toList();
    };
  }

  /** A text may go on behind a single letter. */
  private static Choice token(Token token) {
    return switch (token.kind()) {
      case WORD -> exact(token.text());
      case PAIR, PICTURE -> new Choice(Set.of(new Anchor.Word(token.text())), PAIR);
      case SINGLE -> start(token.text());
    };
  }

  private static List<Choice> choices(SearchUnit unit) {
    return switch (unit) {
      case SearchUnit.Word word -> List.of(word(word));
      case Compound compound -> choices(compound);
      case Piece(List<String> pairs) ->
          pairs.stream().map(pair -> new Choice(Set.of(new Anchor.Word(pair)), PAIR)).toList();
      case Letter(String letter) -> List.of(start(letter));
      case Picture(String picture) -> List.of(new Choice(Set.of(new Anchor.Word(picture)), PAIR));
    };
  }

  private static Choice word(SearchUnit.Word word) {
    int forgiven = word.forgiven();
    if (forgiven == 0) {
      return word.open() ? start(word.text()) : exact(word.text());
    }
    int letter = word.text().codePointAt(0);
    int letters = letters(word.text());
    int longest = word.open() ? Anchor.LONGEST : Math.min(letters + forgiven, Anchor.LONGEST);
    Set<Anchor> lengths = new HashSet<>();
    for (int length = Math.min(letters - forgiven, longest); length <= longest; length++) {
      lengths.add(new Length(letter, length));
    }
    return new Choice(
        lengths,
        (word.open() ? LETTER_AND_LEAST_LENGTH : LETTER_AND_LENGTH) + letters / PER_LETTER);
  }

  /** Its words may stand in a row, together as one name, or each with errors. */
  private static List<Choice> choices(Compound compound) {
    Anchor name = new Anchor.Word(compound.joined());
    List<Choice> choices = new ArrayList<>();
    if (compound.isForgiving()) {
      for (SearchUnit.Word word : compound.each()) {
        boolean isOpen = compound.open() && choices.size() == compound.words().size() - 1;
        choices.add(word(new SearchUnit.Word(word.text(), isOpen)).or(name));
      }
      return choices;
    }
    for (String word : compound.words()) {
      boolean isOpen = compound.open() && choices.size() == compound.words().size() - 1;
      choices.add((isOpen ? start(word) : exact(word)).or(name));
    }
    return choices;
  }

  private static Choice exact(String word) {
    return new Choice(Set.of(new Anchor.Word(word)), PER_LETTER * letters(word));
  }

  private static Choice start(String word) {
    String start = Anchor.start(word, Anchor.LONGEST_START);
    return new Choice(Set.of(new Start(start)), PER_LETTER_OF_START * letters(start));
  }

  private static int letters(String text) {
    return text.codePointCount(0, text.length());
  }
}
