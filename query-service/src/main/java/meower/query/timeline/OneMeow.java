package meower.query.timeline;

import java.util.Optional;
import meower.query.head.TimelineHead;
import meower.query.meow.EncodedMeow;
import meower.query.meow.TimelineMeow;
import meower.query.view.View;
import meower.query.view.Views;
import meower.schema.MeowId;
import meower.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** A single meow as it is now: from memory, as soon as it arrives, or from the index. */
@Component
public class OneMeow {

  private final TimelineHead head;
  private final Arrivals arrivals;
  private final Views views;
  private final Timeline timeline;

  OneMeow(TimelineHead head, Arrivals arrivals, Views views, Timeline timeline) {
    this.head = head;
    this.arrivals = arrivals;
    this.views = views;
    this.timeline = timeline;
  }

  /**
   * Returns the meow with its fields.
   *
   * @param id as it stood in an address
   * @throws ProblemException 404 if there is none, 410 if it was deleted, 503 if it cannot be read
   */
  public TimelineMeow now(String id) {
    EncodedMeow meow = find(id, WantedRevision.of(null), WaitTimeout.of(null));
    refuseIfDeleted(meow);
    return meow.toMeow();
  }

  /**
   * Returns the meow, or what is left of it.
   *
   * @throws ProblemException 404 if there is none, 503 if it cannot be read
   */
  EncodedMeow find(String id, WantedRevision revision, WaitTimeout timeout) {
    MeowId known = known(id);
    Optional<EncodedMeow> newest =
        timeout.isNone() ? head.find(known) : arrivals.await(known, revision.value(), timeout);
    return newest.or(() -> views.read(view -> find(view, known))).orElseThrow(OneMeow::unknown);
  }

  private Optional<EncodedMeow> find(View view, MeowId id) {
    return timeline.find(view.index(), id).map(found -> EncodedMeow.of(found.now(), view.index()));
  }

  static MeowId known(String id) {
    if (!MeowId.isKsuid(id)) {
      throw unknown();
    }
    return new MeowId(id);
  }

  static void refuseIfDeleted(EncodedMeow meow) {
    meow.deleted()
        .ifPresent(deleted -> {
          throw deleted.problem();
        });
  }

  static ProblemException unknown() {
    return new ProblemException(
        HttpStatus.NOT_FOUND,
        "unknown-meow",
        "There is no such meow",
        "Check the id. A meow that was posted a moment ago can be had a moment later, or with"
            + " wait=2s as soon as it is there.");
  }
}
