package meower.query.index;

/**
 * How many meows are written at once: few after a failure, then twice as many with each success.
 *
 * <p>An Elasticsearch that has just been started takes for a hundred as long as for thousands
 * later. A large batch would take too long, be given up, and have to be written once more.
 *
 * <p>Belongs to one thread.
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
  int limit() {
    return limit;
  }

  void succeeded() {
    limit = Math.min(2 * limit, most);
  }

  void failed() {
    limit = Math.min(FEW, most);
  }
}
