package meower.command.access;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Has the clients of each address take turns: one at a time does what takes a processor long. */
final class Turns {

  private final Duration patience;
  private final ConcurrentMap<String, Turn> turns = new ConcurrentHashMap<>();

  private static final class Turn {

    final Semaphore free = new Semaphore(1, true);
    int takers;
  }

  /**
   * @param patience how long a turn is waited for
   */
  Turns(Duration patience) {
    this.patience = patience;
  }

  /**
   * Does it when it is its turn and returns what came of it, or nothing when that takes too long.
   */
  <T> Optional<T> take(String address, Supplier<T> work) {
    Turn turn = turns.compute(address, (_, other) -> counted(other == null ? new Turn() : other));
    try {
      if (!turn.free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
      try {
        return Optional.of(work.get());
      } finally {
        turn.free.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      turns.computeIfPresent(address, (_, same) -> --same.takers == 0 ? null : same);
    }
  }

  /** Returns how many addresses there are of whom somebody waits or is at turn. */
  int size() {
    return turns.size();
  }

  private static Turn counted(Turn turn) {
    turn.takers++;
    return turn;
  }
}
