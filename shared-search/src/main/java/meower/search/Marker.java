package meower.search;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import meower.text.Name;
import meower.text.TextRange;
import meower.text.Token;

/** Marks in the bodies that a query has found what it has found them by. */
public final class Marker {

  private final List<Consumer<Matches>> marks = new ArrayList<>();

  public Marker(SearchQuery query) {
    query.parts().stream().distinct().forEach(this::add);
  }

  /** Returns the ranges of the body, sorted, none touching another. */
  public List<TextRange> mark(String body) {
    Matches matches = new Matches(body);
    marks.forEach(mark -> mark.accept(matches));
    return matches.ranges();
  }

  private void add(SearchPart part) {
    switch (part) {
      case SearchPart.Words(String text, boolean open) -> {
        SearchUnits.of(text, open).forEach(unit -> marks.add(matches -> matches.mark(unit)));
        Name.in(text).stream()
            .map(Name::text)
            .filter(text::contains)
            .forEach(name -> marks.add(matches -> matches.markNames(name)));
      }
      case SearchPart.Phrase phrasePart -> {
        List<Token> phrase = phrasePart.tokens();
        marks.add(matches -> matches.markPhrase(phrase));
      }
      case SearchPart.Tag(String name, boolean open) ->
          marks.add(matches -> matches.markTags(name, open));
    }
  }
}
