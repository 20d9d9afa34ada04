package meower.query.timeline;

import java.util.List;
import java.util.Optional;

/**
 * A part of the timeline, newest first.
 *
 * @param more whether there are further meows in the direction in which it was read
 */
record TimelinePage(List<Meow> meows, boolean more) {

  /** Returns the header {@code Link} that leads to the older and the newer page, if any. */
  Optional<String> links(TimelineRequest request) {
    if (meows.isEmpty()) {
      return Optional.empty();
    }
    int take = request.slice().take();
    String newer = link(take, "after", meows.getFirst(), "prev");
    if (!more && !request.upwards()) {
      return Optional.of(newer);
    }
    String bound =
        request.after().filter(_ -> !request.upwards()).map(a -> "&after=" + a).orElse("");
    return Optional.of(link(take, "before", meows.getLast(), "next", bound) + ", " + newer);
  }

  private static String link(int take, String cursor, Meow at, String relation) {
    return link(take, cursor, at, relation, "");
  }

  private static String link(int take, String cursor, Meow at, String relation, String bound) {
    return "</meows?take=%d&%s=%s%s>; rel=\"%s\"".formatted(take, cursor, at.id(), bound, relation);
  }
}
