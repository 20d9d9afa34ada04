package meower.operations.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import meower.operations.audit.Difference.Where;
import meower.operations.audit.Findings.Kind;
import org.jspecify.annotations.Nullable;

/** Finds out, one by one, how a copy differs from what Postgres says. */
final class Comparison {

  private final Where where;
  private final Map<Long, Entry> byPlace = new HashMap<>();
  private final Map<String, List<Entry>> byId = new HashMap<>();
  private final Set<Entry> present = new HashSet<>();
  private final List<Found> leftOver = new ArrayList<>();
  private final List<Difference> differences = new ArrayList<>();

  private Comparison(Where where, List<Entry> expected) {
    this.where = where;
    for (Entry entry : expected) {
      byPlace.put(entry.place(), entry);
      byId.computeIfAbsent(entry.id(), _ -> new ArrayList<>()).add(entry);
    }
  }

  /** Returns all differences; none if both hold the same. */
  static List<Difference> of(Where where, List<Entry> expected, List<Found> found) {
    Comparison comparison = new Comparison(where, expected);
    // Of two that claim a place, the one that has it right keeps it.
    found.stream()
        .sorted(Comparator.comparing(comparison::isRight).reversed())
        .forEach(comparison::atItsPlace);
    comparison.leftOver.forEach(comparison::elsewhere);
    expected.stream()
        .filter(entry -> !comparison.present.contains(entry))
        .forEach(entry -> comparison.add(Kind.MISSING, entry, null));
    return comparison.differences;
  }

  /** Tells whether there is no difference, in whichever copy. */
  static boolean agree(List<Entry> expected, List<Found> found) {
    return of(Where.INDEX, expected, found).isEmpty();
  }

  private void atItsPlace(Found found) {
    Entry expected = byPlace.get(found.place());
    if (expected == null || !expected.id().equals(found.id()) || !present.add(expected)) {
      leftOver.add(found);
    } else if (!isRight(found)) {
      add(Kind.CHANGED, expected, found);
    }
  }

  private boolean isRight(Found found) {
    Entry entry = found.entry();
    return entry != null && entry.equals(byPlace.get(found.place()));
  }

  private void elsewhere(Found found) {
    Optional<Entry> expected =
        byId.getOrDefault(found.id(), List.of()).stream()
            .filter(entry -> !present.contains(entry) && isOf(entry, found))
            .findFirst();
    if (expected.isPresent()) {
      present.add(expected.get());
      add(Kind.MISPLACED, expected.get(), found);
    } else {
      add(Kind.UNEXPECTED, null, found);
    }
  }

  /** The index has one document of a meow, the stream has a message for each of its events. */
  private static boolean isOf(Entry expected, Found found) {
    return found.key() == null
        || (found.entry() != null && found.entry().event().equals(expected.event()));
  }

  private void add(Kind kind, @Nullable Entry expected, @Nullable Found found) {
    differences.add(new Difference(where, kind, expected, found, ""));
  }
}
