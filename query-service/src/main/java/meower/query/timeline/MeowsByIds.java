package meower.query.timeline;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import meower.query.head.HeldMeows;
import meower.query.head.TimelineHead;
import meower.query.meow.EncodedMeow;
import meower.query.view.View;
import meower.query.view.Views;
import meower.schema.MeowId;
import meower.schema.Position;
import meower.web.ProblemException;
import org.springframework.stereotype.Component;

/**
 * Says of meows that somebody has already how they are now.
 *
 * <p>Whoever asks has missed something, and is told it here or never. So what comes from the index
 * is not older than what the head of the timeline shows at the same moment: the index is waited
 * for.
 */
@Component
class MeowsByIds {

  /** While a backlog is indexed; all in all an answer comes within 5 s, as elsewhere. */
  private static final Duration TIMEOUT = Duration.ofSeconds(4);

  /**
   * What there is of the meows.
   *
   * @param position none of them is older than that
   */
  record Answer(Position position, List<EncodedMeow> meows) {}

  private final TimelineHead head;
  private final Views views;
  private final Timeline timeline;

  MeowsByIds(TimelineHead head, Views views, Timeline timeline) {
    this.head = head;
    this.views = views;
    this.timeline = timeline;
  }

  /**
   * Returns the meows in the order of the ids, without those that there are none of.
   *
   * @throws ProblemException 503 while the index cannot be read, or is behind for longer than a
   *     moment
   */
  Answer find(List<MeowId> ids) {
    Optional<HeldMeows> held = head.find(ids);
    Map<MeowId, EncodedMeow> found = new HashMap<>(held.map(HeldMeows::meows).orElseGet(Map::of));
    List<MeowId> others = ids.stream().filter(id -> !found.containsKey(id)).toList();
    Optional<Position> position = held.map(HeldMeows::position);
    if (!others.isEmpty() || position.isEmpty()) {
      position = Optional.of(views.read(TIMEOUT, view -> read(view, others, held, found)));
    }
    return new Answer(
        position.get(),
        ids.stream()
            .map(found::get)
            .filter(Objects::nonNull)
            .map(Objects::requireNonNull)
            .toList());
  }

  private Position read(
      View view, List<MeowId> ids, Optional<HeldMeows> held, Map<MeowId, EncodedMeow> found) {
    Position least = held.map(HeldMeows::position).orElse(view.position());
    if (!view.reaches(least)) {
      throw view.behind("position " + least);
    }
    timeline
        .find(view.index(), ids)
        .forEach((id, meow) -> found.put(new MeowId(id), EncodedMeow.of(meow.now())));
    return least;
  }
}
