package meower.e2e.chaos.checker;

import java.util.List;
import java.util.Set;
import meower.e2e.chaos.history.Ledger;
import meower.e2e.chaos.history.Outages;
import meower.e2e.chaos.history.Post;
import meower.e2e.chaos.history.SeenMeow;
import meower.e2e.chaos.history.Text;
import meower.e2e.chaos.history.Violation.Kind;
import meower.e2e.chaos.history.Violations;

/**
 * Judges what has become of each life: the last edit that was acknowledged is its state, each one
 * happened once, and what is deleted is gone.
 */
record LifeJudge(Ledger ledger, Violations violations, Outages outages) {

  /**
   * Judges all of them.
   *
   * @param timeline all of it
   */
  void judge(List<SeenMeow> timeline) {
    timeline.forEach(this::judgeEnd);
    ledger.all().forEach(post -> post.texts().forEach(this::judge));
  }

  private void judgeEnd(SeenMeow meow) {
    ledger
        .seen(meow, "the final timeline")
        .ifPresent(number -> {
          var post = ledger.get(number);
          if (post.isDeleted()) {
            violations.add(
                Kind.SHOWN_AFTER_DELETION, post.deletedAt(), "the final timeline has " + post);
          }
          int acknowledged = post.acknowledgedRevision(Post.NEVER);
          if (meow.revision() < acknowledged) {
            add(
                post.texts().getFirst(),
                "ended as revision %d, and %d was acknowledged"
                    .formatted(meow.revision(), acknowledged));
          }
        });
  }

  private void judge(Text text) {
    var revisions = text.revisions();
    boolean posted = text == text.post().texts().getFirst();
    if (posted && !Set.of(SeenMeow.CREATION).containsAll(revisions)) {
      add(text, "was posted, and shown as revisions " + revisions);
    }
    if (!posted && revisions.contains(SeenMeow.CREATION)) {
      add(text, "is an edit, and was shown as what was posted");
    }
    if (revisions.size() > 1) {
      judgeDoubled(text, revisions);
    }
    text.refusedAtOnce()
        .filter(at -> !revisions.isEmpty() && !outages.isBroken(text.sentAt(), at))
        .ifPresent(_ -> add(text, "was refused, and shown as revision " + revisions));
  }

  /** Who repeats an edit after another one has come in between makes it twice. */
  private void judgeDoubled(Text text, Set<Integer> revisions) {
    boolean adjacent = revisions.stream().anyMatch(r -> revisions.contains(r + 1));
    boolean repeated = text.isRepeated() || outages.isBroken(text.sentAt(), text.acknowledgedAt());
    if (adjacent || !repeated) {
      add(text, "is one edit, and was made as revisions " + revisions);
    }
  }

  private void add(Text text, String what) {
    violations.add(Kind.WRONG_EDIT, text.sentAt(), text + " " + what);
  }
}
