package meower.query.head;

import java.util.List;
import java.util.Optional;
import meower.query.meow.EncodedMeow;
import meower.query.view.TimelineRequest;
import meower.schema.Position;

/**
 * A part of the timeline out of memory, newest first.
 *
 * @param position everything up to it is in the view
 * @param more whether there are further meows in the direction in which it was read
 */
public record NewestPage(Position position, List<EncodedMeow> meows, boolean more) {

  public NewestPage {
    meows = List.copyOf(meows);
  }

  /** Returns the JSON array, UTF-8. */
  public byte[] json() {
    return EncodedMeow.toJson(meows);
  }

  /** Returns the header {@code Link}, if there is one. */
  public Optional<String> links(TimelineRequest request) {
    return meows.isEmpty()
        ? Optional.empty()
        : Optional.of(request.links(meows.getFirst().id(), meows.getLast().id(), more));
  }
}
