package meower.operations.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import meower.operations.audit.Difference.Kind;
import org.jspecify.annotations.Nullable;

/** Finds out, meow by meow, how a copy differs from what Postgres says. */
final class Comparison {

  private final String where;
  private final Map<Long, Entry> bySequence = new HashMap<>();
  private final Map<String, Entry> byId = new HashMap<>();
  private final Set<String> present = new HashSet<>();
  private final List<Found> leftOver = new ArrayList<>();
  private final List<Difference> differences = new ArrayList<>();

  private Comparison(String where, List<Entry> expected) {
    this.where = where;
    for (Entry entry : expected) {
      bySequence.put(entry.sequence(), entry);
      byId.put(entry.id(), entry);
    }
  }

  /** Returns all differences; none if both hold the same. */
  static List<Difference> of(String where, List<Entry> expected, List<Found> found) {
    Comparison comparison = new Comparison(where, expected);
    // Of two that claim a place, the sound one has it.
    found.stream()
        .sorted(Comparator.comparing(Found::sound).reversed())
        .forEach(comparison::atItsPlace);
    comparison.leftOver.forEach(comparison::elsewhere);
    expected.stream()
        .filter(entry -> !comparison.present.contains(entry.id()))
        .forEach(entry -> comparison.add(Kind.MISSING, entry, null));
    return comparison.differences;
  }

  private void atItsPlace(Found found) {
    Entry expected = bySequence.get(found.entry().sequence());
    if (expected == null
        || !expected.id().equals(found.entry().id())
        || !present.add(expected.id())) {
      leftOver.add(found);
    } else if (!expected.equals(found.entry()) || !found.sound()) {
      add(Kind.CHANGED, expected, found);
    }
  }

  private void elsewhere(Found found) {
    Entry expected = byId.get(found.entry().id());
    if (expected != null && present.add(expected.id())) {
      add(Kind.MISPLACED, expected, found);
    } else {
      add(Kind.UNEXPECTED, null, found);
    }
  }

  private void add(Kind kind, @Nullable Entry expected, @Nullable Found found) {
    differences.add(new Difference(where, kind, expected, found, ""));
  }
}
