package meower.e2e.chaos.history;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import meower.e2e.chaos.history.Violation.Kind;

/**
 * What stands at which position, as far as anybody was told: the same for everybody. Safe for use
 * by several threads.
 */
public final class Sequences {

  /**
   * What happened to a meow.
   *
   * @param revision that it got; {@link #DELETION} when it was deleted
   */
  public record Event(int number, int revision) {

    public static final int DELETION = 0;

    public boolean isCreation() {
      return revision == SeenMeow.CREATION;
    }

    public boolean isDeletion() {
      return revision == DELETION;
    }
  }

  private final Violations violations;
  private final Map<String, Map<Long, Event>> epochs = new ConcurrentHashMap<>();

  public Sequences(Violations violations) {
    this.violations = violations;
  }

  public void learn(FeedPosition position, Event event) {
    var epoch = epochs.computeIfAbsent(position.epoch(), _ -> new ConcurrentHashMap<>());
    var known = epoch.putIfAbsent(position.sequence(), event);
    if (known != null && !agree(known, event)) {
      violations.add(
          Kind.OUT_OF_ORDER,
          System.nanoTime(),
          "at %s one browser got %s, another one %s".formatted(position, known, event));
    }
  }

  /** What is published again of a deleted meow is its deletion, wherever it stood. */
  private static boolean agree(Event one, Event other) {
    return one.number() == other.number()
        && (one.revision() == other.revision() || one.isDeletion() || other.isDeletion());
  }

  /** Where the creation of a post stands, if anybody was told. */
  public Optional<FeedPosition> positionOf(int number) {
    var creation = new Event(number, SeenMeow.CREATION);
    return epochs.entrySet().stream()
        .flatMap(epoch ->
            epoch.getValue().entrySet().stream()
                .filter(known -> known.getValue().equals(creation))
                .map(known -> new FeedPosition(epoch.getKey(), known.getKey())))
        .findAny();
  }

  public Map<String, Map<Long, Event>> epochs() {
    return epochs;
  }
}
