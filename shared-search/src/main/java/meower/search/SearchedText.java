package meower.search;

import java.util.List;
import meower.text.FoldedText;
import meower.text.Hashtag;
import meower.text.Name;
import meower.text.TextRange;
import meower.text.Token;
import meower.text.Tokens;

/**
 * The text of a meow as a search sees it, taken apart once for however many queries.
 *
 * <p>It is cut by what cuts the documents of the index, so that both have the same words, names and
 * tags. It never changes: any number of threads may read it.
 */
public final class SearchedText {

  private final FoldedText folded;
  private final List<Token> tokens;
  private final List<Name> names;
  private final List<Hashtag> tags;

  private SearchedText(String body) {
    this.folded = FoldedText.of(body);
    this.tokens = Tokens.of(folded.text());
    this.names = Name.in(folded.text());
    this.tags = Hashtag.in(body);
  }

  /** Takes a body apart, as it was written; every text can be. */
  public static SearchedText of(String body) {
    return new SearchedText(body);
  }

  List<Token> tokens() {
    return tokens;
  }

  List<Name> names() {
    return names;
  }

  List<Hashtag> tags() {
    return tags;
  }

  /** Returns where in the body a part of the folded text comes from. */
  TextRange original(int start, int end) {
    return folded.original(start, end);
  }
}
