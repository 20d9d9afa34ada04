package meower.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import meower.text.TextRange;
import meower.text.Token;

/** A query that is ready to be looked for in texts, and marks there what it is found by. */
public final class Marker {

  /** Marks one thing, and says whether it was there. */
  private interface Mark {
    boolean in(Matches text);
  }

  /** What a text has to have, all of it. */
  private final List<Mark> wanted = new ArrayList<>();

  /** What is marked beside. */
  private final List<Mark> beside = new ArrayList<>();

  public Marker(SearchQuery query) {
    query.parts().stream().distinct().forEach(this::add);
  }

  /**
   * Returns why a body was found by whoever found it: the ranges of it, sorted, none touching
   * another.
   */
  public List<TextRange> mark(String body) {
    return mark(SearchedText.of(body));
  }

  /** Returns the same for a body that was taken apart already. */
  public List<TextRange> mark(SearchedText text) {
    Matches matches = new Matches(text);
    wanted.forEach(mark -> mark.in(matches));
    return marked(matches);
  }

  /** Returns the same if the text has all that is wanted; of a query without any, no text has. */
  Optional<List<TextRange>> find(SearchedText text) {
    Matches matches = new Matches(text);
    boolean isFound = !wanted.isEmpty() && hasAll(matches);
    return isFound ? Optional.of(marked(matches)) : Optional.empty();
  }

  /** A loop, since most queries end at the first thing that is not there. */
  private boolean hasAll(Matches matches) {
    for (Mark mark : wanted) {
      if (!mark.in(matches)) {
        return false;
      }
    }
    return true;
  }

  private List<TextRange> marked(Matches matches) {
    beside.forEach(mark -> mark.in(matches));
    return matches.ranges();
  }

  private void add(SearchPart part) {
    switch (part) {
      case SearchPart.Words words -> {
        SearchUnits.of(words.text(), words.open())
            .forEach(unit -> wanted.add(matches -> matches.mark(unit)));
        words.signed().forEach(name -> beside.add(matches -> matches.markNames(name)));
      }
      case SearchPart.Phrase phrase -> {
        List<Token> tokens = phrase.tokens();
        wanted.add(matches -> matches.markPhrase(tokens));
      }
      case SearchPart.Tag(String name, boolean open) ->
          wanted.add(matches -> matches.markTags(name, open));
    }
  }
}
