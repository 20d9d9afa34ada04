package meower.query.timeline;

import java.util.List;
import java.util.Optional;
import meower.query.meow.TimelineMeow;
import meower.query.view.TimelineRequest;

/**
 * A part of the timeline, newest first.
 *
 * @param more whether there are further meows in the direction in which it was read
 */
record TimelinePage(List<TimelineMeow> meows, boolean more) {

  /** Returns the header {@code Link}, if there is one. */
  Optional<String> links(TimelineRequest request) {
    return meows.isEmpty()
        ? Optional.empty()
        : Optional.of(request.links(meows.getFirst().id(), meows.getLast().id(), more));
  }
}
