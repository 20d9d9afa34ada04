package meower.operations.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a copy should have, as far as that is settled.
 *
 * @param entries what it has to have
 * @param open which meow may be, or not be, at a place, however it looks: it is changing
 */
record Expectation(List<Entry> entries, Map<Long, String> open) {

  Expectation {
    entries = List.copyOf(entries);
    open = Map.copyOf(open);
  }

  static Expectation ofAll(List<Expectation> parts) {
    List<Entry> entries = new ArrayList<>();
    Map<Long, String> open = new HashMap<>();
    parts.forEach(part -> {
      entries.addAll(part.entries);
      open.putAll(part.open);
    });
    return new Expectation(entries, open);
  }

  /** Returns the places of which it says something. */
  Set<Long> places() {
    Set<Long> places = new HashSet<>(open.keySet());
    entries.forEach(entry -> places.add(entry.place()));
    return places;
  }

  /** Tells whether this is what there should be at its places. */
  boolean isMetBy(List<Found> found) {
    return Comparison.agree(entries, settled(found));
  }

  /** Returns what has to be compared: not what may be as it likes. */
  List<Found> settled(List<Found> found) {
    Set<Long> seen = new HashSet<>();
    return found.stream().filter(f -> !(isOpen(f) && seen.add(f.place()))).toList();
  }

  private boolean isOpen(Found found) {
    return found.entry() != null && found.id().equals(open.get(found.place()));
  }
}
