package meower.operations.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import meower.schema.EarlierSequences;
import meower.schema.EventKey;
import meower.schema.MeowDeleted;
import meower.schema.MeowEvent;
import meower.schema.MeowId;
import meower.schema.audit.LedgerEntry.Erasure;
import org.jspecify.annotations.Nullable;

/**
 * All that happened to a meow, and where the stream was told of it.
 *
 * @param happenings by revision
 */
record Life(MeowId id, List<Happening> happenings) {

  /**
   * One of them.
   *
   * @param event nothing when a deletion has taken its text
   * @param sequence nothing when it is not published
   */
  record Happening(
      int revision, @Nullable MeowEvent event, OptionalLong sequence, Erasure erasure) {

    boolean isUpTo(long last) {
      return sequence.isPresent() && sequence.getAsLong() <= last;
    }
  }

  Life {
    happenings = List.copyOf(happenings);
  }

  /** Returns what the stream should have of it within a range. */
  Expectation messages(Range range) {
    List<Entry> entries = new ArrayList<>();
    Map<Long, String> open = new HashMap<>();
    for (Happening happening : happenings) {
      long sequence = happening.sequence().orElse(0);
      if (range.contains(sequence) && happening.erasure() != Erasure.DONE) {
        told(happening)
            .ifPresentOrElse(
                event -> entries.add(Entry.message(event, sequence, before(sequence))),
                () -> open.put(sequence, id.value()));
      }
    }
    return new Expectation(entries, open);
  }

  /**
   * Returns what the index should have of it, if its place is within a range.
   *
   * @param filled up to which sequence the index has everything
   */
  Expectation document(Range range, long filled) {
    NavigableSet<Long> published = published();
    if (published.isEmpty() || !range.contains(published.first()) || published.first() > filled) {
      return new Expectation(List.of(), Map.of());
    }
    Happening latest = happenings.getLast();
    MeowEvent event = latest.event();
    if (event == null || !happenings.stream().allMatch(happening -> happening.isUpTo(filled))) {
      return new Expectation(List.of(), Map.of(published.first(), id.value()));
    }
    long sequence = latest.sequence().orElseThrow();
    return new Expectation(List.of(Entry.document(event, sequence, before(sequence))), Map.of());
  }

  /** Tells whether it has ended. */
  boolean isDeleted() {
    return deletion().isPresent();
  }

  /** Tells whether this message may be the one of an event that is published nowhere else. */
  boolean mayHave(EventKey key, long sequence) {
    return happenings.stream()
        .filter(happening -> happening.revision() == key.revision())
        .anyMatch(happening -> happening.sequence().orElse(sequence) == sequence);
  }

  /** Returns what a message says, nothing if its text is about to go, or gone already. */
  private Optional<MeowEvent> told(Happening happening) {
    return switch (happening.erasure()) {
      case NONE -> Optional.ofNullable(happening.event());
      case NEEDLESS -> deletion();
      case WANTED, DONE -> Optional.empty();
    };
  }

  private Optional<MeowEvent> deletion() {
    return happenings.stream()
        .map(Happening::event)
        .filter(MeowDeleted.class::isInstance)
        .findFirst();
  }

  private NavigableSet<Long> published() {
    NavigableSet<Long> published = new TreeSet<>();
    happenings.forEach(happening -> happening.sequence().ifPresent(published::add));
    return published;
  }

  private EarlierSequences before(long sequence) {
    return new EarlierSequences(List.copyOf(published().headSet(sequence)));
  }
}
