package meower.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import meower.text.Token;

/**
 * Tells the meows that match a query as well as any meow can: with every word as it was typed, in
 * the row in which they were typed, and with their signs.
 *
 * <p>These, and no others, have the highest score that the query service's clauses give. They come
 * first, among them the newest. It never changes: any number of threads may use it.
 */
public final class BestMatch {

  private final List<Predicate<Matches>> wanted = new ArrayList<>();

  private BestMatch(SearchQuery query) {
    query.parts().stream().distinct().forEach(this::add);
    List<Token> row = query.row();
    if (!row.isEmpty()) {
      wanted.add(matches -> matches.hasRow(row));
    }
  }

  /** Returns nothing for a query of which it takes an index to say what matches it best. */
  public static Optional<BestMatch> of(SearchQuery query) {
    return query.parts().isEmpty() || !query.parts().stream().allMatch(BestMatch::isSimple)
        ? Optional.empty()
        : Optional.of(new BestMatch(query));
  }

  /** What may be found in several ways at once has no best one. */
  private static boolean isSimple(SearchPart part) {
    return switch (part) {
      case SearchPart.Tag _ -> true;
      case SearchPart.Phrase phrase -> phrase.isUnlimited();
      case SearchPart.Words(String text, boolean open) ->
          SearchUnits.of(text, open).stream().noneMatch(SearchUnit.Compound.class::isInstance);
    };
  }

  /** Tells whether no meow matches better. */
  public boolean is(SearchedText meow) {
    Matches matches = new Matches(meow);
    for (Predicate<Matches> each : wanted) {
      if (!each.test(matches)) {
        return false;
      }
    }
    return true;
  }

  private void add(SearchPart part) {
    switch (part) {
      case SearchPart.Words words -> {
        SearchUnits.of(words.text(), words.open()).forEach(this::add);
        words.signed().forEach(name -> wanted.add(matches -> matches.markNames(name)));
      }
      case SearchPart.Phrase phrase -> {
        List<Token> tokens = phrase.tokens();
        wanted.add(matches -> matches.markPhrase(tokens));
      }
      case SearchPart.Tag(String name, _) -> wanted.add(matches -> matches.markTags(name, false));
    }
  }

  private void add(SearchUnit unit) {
    wanted.add(
        unit instanceof SearchUnit.Word word
            ? matches -> matches.hasItself(word)
            : matches -> matches.mark(unit));
  }
}
