package meower.search;

import java.util.HashSet;
import java.util.Set;
import meower.text.Hashtag;
import meower.text.Name;
import meower.text.Token;

/**
 * Something that is seen of a meow without looking closer, by which most queries are ruled out.
 *
 * <p>Words here are tokens and names; letters are code points.
 */
sealed interface Anchor {

  /** Longer beginnings are not told apart. */
  int LONGEST_START = 3;

  /** Longer words are not told apart by their lengths. */
  int LONGEST = 16;

  /** Every meow has it, for queries that have no other. */
  record Any() implements Anchor {}

  /** A tag of this name. */
  record Tag(String name) implements Anchor {}

  /** A tag that begins with this letter. */
  record TagStart(int letter) implements Anchor {}

  /** This word. */
  record Word(String text) implements Anchor {}

  /** A word that begins with these, {@value #LONGEST_START} at most. */
  record Start(String letters) implements Anchor {}

  /**
   * A word that begins with this letter.
   *
   * @param length in letters; {@value #LONGEST} is that or more
   */
  record Length(int letter, int length) implements Anchor {}

  /** Returns all that a meow has. */
  static Set<Anchor> in(SearchedText meow) {
    Set<Anchor> anchors = new HashSet<>();
    anchors.add(new Any());
    for (Token token : meow.tokens()) {
      addWord(token.text(), anchors);
    }
    for (Name name : meow.names()) {
      addWord(name.text(), anchors);
    }
    for (Hashtag tag : meow.tags()) {
      anchors.add(new Tag(tag.name()));
      anchors.add(new TagStart(tag.name().codePointAt(0)));
    }
    return anchors;
  }

  private static void addWord(String word, Set<Anchor> anchors) {
    if (anchors.add(new Word(word))) {
      int letters = word.codePointCount(0, word.length());
      for (int length = 1; length <= Math.min(letters, LONGEST_START); length++) {
        anchors.add(new Start(start(word, length)));
      }
      anchors.add(new Length(word.codePointAt(0), Math.min(letters, LONGEST)));
    }
  }

  /** Returns the first letters of a word, or all that it has. */
  static String start(String word, int most) {
    int letters = Math.min(most, word.codePointCount(0, word.length()));
    return word.substring(0, word.offsetByCodePoints(0, letters));
  }
}
