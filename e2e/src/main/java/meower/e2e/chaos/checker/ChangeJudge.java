package meower.e2e.chaos.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import meower.e2e.chaos.checker.FeedTrack.Stretch;
import meower.e2e.chaos.history.Ledger;
import meower.e2e.chaos.history.Post;
import meower.e2e.chaos.history.Sequences;
import meower.e2e.chaos.history.Sequences.Event;
import meower.e2e.chaos.history.Violation.Kind;
import meower.e2e.chaos.history.Violations;

/**
 * Judges whether browsers were told what became of the meows: those that were there, or came back
 * with their position, got each edit and deletion, or a gap that covers it.
 */
final class ChangeJudge {

  private record Place(long sequence, Event event) {}

  private final Ledger ledger;
  private final Violations violations;
  private final Map<String, List<Place>> changes = new HashMap<>();

  ChangeJudge(Sequences sequences, Ledger ledger, Violations violations) {
    this.ledger = ledger;
    this.violations = violations;
    sequences.epochs().forEach((epoch, known) -> changes.put(epoch, changesOf(known)));
  }

  private static List<Place> changesOf(Map<Long, Event> known) {
    var places = new ArrayList<Place>();
    known.forEach((sequence, event) -> {
      if (!event.isCreation()) {
        places.add(new Place(sequence, event));
      }
    });
    return places;
  }

  void judge(FeedTrack track) {
    for (var stretch : track.stretches()) {
      new Told(track.browser(), stretch).judge(stretch == track.stretches().getLast());
    }
  }

  /** What was told in one stretch. */
  private final class Told {

    private static final int GONE = Integer.MAX_VALUE;

    private final String browser;
    private final Stretch stretch;

    /** The highest revision of each post that came. */
    private final Map<Integer, Integer> told = new HashMap<>();

    Told(String browser, Stretch stretch) {
      this.browser = browser;
      this.stretch = stretch;
      for (int i = 0; i < stretch.size(); i++) {
        stretch
            .event(i)
            .ifPresent(event ->
                told.merge(
                    event.number(), event.isDeletion() ? GONE : event.revision(), Math::max));
      }
    }

    void judge(boolean toTheEnd) {
      long last = toTheEnd ? Long.MAX_VALUE : stretch.last();
      for (var change : changes.getOrDefault(stretch.start().epoch(), List.of())) {
        if (change.sequence() > stretch.start().sequence() && change.sequence() <= last) {
          judge(change);
        }
      }
      if (toTheEnd) {
        ledger.all().stream().filter(Post::isDeleted).forEach(this::judgeDeletion);
      }
    }

    private void judge(Place change) {
      var post = ledger.get(change.event().number());
      if (stretch.gaps().stream().anyMatch(gap -> gap.covers(change.sequence()))) {
        return;
      }
      if (change.event().isDeletion()) {
        if (concerns(post)) {
          requireDeletion(post);
        }
      } else if (!post.mayBeDeleted()) {
        requireEdit(post, change);
      }
    }

    private void requireEdit(Post post, Place change) {
      boolean before =
          post.textOf(change.event().revision())
              .filter(text -> text.sentAt() - stretch.startedAt() > 0)
              .isEmpty();
      if (!before && told.getOrDefault(post.number(), 0) < change.event().revision()) {
        violations.add(
            Kind.WRONG_EDIT,
            post.sentAt(),
            "%s did not get revision %d of %s".formatted(browser, change.event().revision(), post));
      }
    }

    /** One that nobody was told of stands nowhere; only a gap after it can have covered it. */
    private void judgeDeletion(Post post) {
      boolean covered =
          stretch.gaps().stream().anyMatch(gap -> gap.at() - post.deletionSentAt() > 0);
      if (concerns(post) && !covered) {
        requireDeletion(post);
      }
    }

    /** Who came after it and was shown nothing of it needs not be told. */
    private boolean concerns(Post post) {
      return post.deletionSentAt() - stretch.startedAt() > 0 || told.containsKey(post.number());
    }

    private void requireDeletion(Post post) {
      if (told.getOrDefault(post.number(), 0) < GONE) {
        told.put(post.number(), GONE); // once is enough
        violations.add(
            Kind.NOT_TOLD,
            post.deletionSentAt(),
            "%s was not told of the deletion of %s".formatted(browser, post));
      }
    }
  }
}
