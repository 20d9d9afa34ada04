package meower.stream.signing;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import meower.schema.Position;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where forged messages were found that may still be there. */
public final class ForgedMessages {

  private static final Logger log = LoggerFactory.getLogger(ForgedMessages.class);

  /** Beyond these they are counted only: that there are some is known anyway. */
  private static final int MOST = 1000;

  /** Where there are so many, a line for each says nothing more. */
  private static final int MOST_LINES = 20;

  private final Set<Position> positions = new LinkedHashSet<>();
  private long count;

  /** Remembers one; whoever finds it again has found nothing new. */
  synchronized void add(Position position, String why) {
    if (positions.contains(position)) {
      return;
    }
    count++;
    if (positions.size() < MOST) {
      positions.add(position);
    }
    if (count <= MOST_LINES) {
      log.warn("position={} state=refused reason=\"{}\"", position, why);
    }
  }

  /** Returns how many were found since the start. */
  public synchronized long count() {
    return count;
  }

  /** Returns those that may still be there. */
  public synchronized List<Position> positions() {
    return List.copyOf(positions);
  }

  /** One is no longer there. */
  public synchronized void forget(Position position) {
    positions.remove(position);
  }
}
