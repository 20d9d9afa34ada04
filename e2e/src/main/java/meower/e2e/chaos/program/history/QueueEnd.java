package meower.e2e.chaos.program.history;

import java.util.Set;

/**
 * What a queue says of itself when all is over.
 *
 * @param dead the ids of its dead letters
 * @param left how many messages are still in it
 */
public record QueueEnd(Set<String> dead, long left) {

  public QueueEnd {
    dead = Set.copyOf(dead);
  }
}
