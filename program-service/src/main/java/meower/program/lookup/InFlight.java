package meower.program.lookup;

import java.util.concurrent.Semaphore;

/** How many look-ups there may be at once; that can be changed while some are under way. */
final class InFlight extends Semaphore {

  private static final long serialVersionUID = 1;

  private int limit;

  InFlight(int limit) {
    super(limit);
    this.limit = limit;
  }

  synchronized void resize(int other) {
    if (other > limit) {
      release(other - limit);
    } else {
      reducePermits(limit - other);
    }
    limit = other;
  }

  /** Takes those that are free, so many at most. */
  int takeFree(int most) {
    int taken = 0;
    while (taken < most && tryAcquire()) {
      taken++;
    }
    return taken;
  }
}
