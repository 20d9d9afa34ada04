package meower.e2e.hostile.fuzz;

import java.util.List;

/** Takes away from an input whatever is not needed to make it fail. */
final class Shrinker {

  private static final int MOST_TRIES = 300;

  private final Attack attack;
  private final String complaint;
  private int tries;

  /**
   * @param complaint how it has to fail; another failure is another input's
   */
  Shrinker(Attack attack, String complaint) {
    this.attack = attack;
    this.complaint = complaint;
  }

  /** The shortest one that was found; the same if it does not fail a second time. */
  Input shrunk(Input failed) {
    Input smallest = failed;
    for (int size = failed.wire().length() / 2; size > 0 && tries < MOST_TRIES; size /= 2) {
      smallest = without(smallest, size);
    }
    return smallest;
  }

  private Input without(Input failed, int size) {
    Input smallest = failed;
    for (int at = 0; at < smallest.wire().length() && tries < MOST_TRIES; at += size) {
      String wire = smallest.wire();
      Input shorter =
          smallest.withWire(
              wire.substring(0, at) + wire.substring(Math.min(wire.length(), at + size)));
      tries++;
      List<String> complaints = attack.complaints(shorter);
      if (!complaints.isEmpty() && complaints.getFirst().startsWith(complaint)) {
        smallest = shorter;
        at -= size;
      }
    }
    return smallest;
  }
}
