package meower.query.timeline;

import java.util.List;
import java.util.Optional;
import meower.query.head.NewestPage;
import meower.query.head.TimelineHead;
import meower.query.meow.EncodedMeow;
import meower.query.meow.TimelineMeow;
import meower.query.view.TimelineRequest;
import meower.query.view.Views;
import meower.stream.Streams;
import meower.web.ProblemException;
import org.springframework.stereotype.Component;

/** The newest meows, for who shows them in a form of their own. */
@Component
public class NewestTimeline {

  private final TimelineHead head;
  private final Views views;
  private final Timeline timeline;
  private final Streams streams;

  NewestTimeline(TimelineHead head, Views views, Timeline timeline, Streams streams) {
    this.head = head;
    this.views = views;
    this.timeline = timeline;
    this.streams = streams;
  }

  /**
   * Returns the newest meows, newest first.
   *
   * @param take how many at most, as it was typed
   * @throws ProblemException 400 if that is no number of a page, 503 if it cannot be read
   */
  public List<TimelineMeow> newest(String take) {
    TimelineRequest request = TimelineRequest.of(take, null, null, null);
    Optional<NewestPage> newest = head.page(request);
    StreamEnd end = new StreamEnd(streams);
    return newest.isPresent()
        ? newest.get().meows().stream().map(EncodedMeow::toMeow).toList()
        : views.read(view -> timeline.page(view, request, end)).meows();
  }
}
