package meower.query.projection;

/**
 * How many meows are written at once: few after a failure, then twice as many with each success.
 *
 * <p>An Elasticsearch that has just been started takes for a hundred as long as for thousands
 * later. A large batch would take too long, be given up, and have to be written once more.
 *
 * <p>For several threads.
 */
final class SlowStart {

  private static final int FEW = 50;

  private final int most;
  private int limit;

  SlowStart(int most) {
    this.most = most;
    this.limit = Math.min(FEW, most);
  }

  /** Returns the most meows that are written at once now. */
  synchronized int limit() {
    return limit;
  }

  synchronized void succeeded() {
    limit = Math.min(2 * limit, most);
  }

  synchronized void failed() {
    limit = Math.min(FEW, most);
  }
}
