package meower.query.projection;

import co.elastic.clients.elasticsearch._types.Refresh;

/** When readers see what a write brings into an index. */
enum Visibility {
  /** When the write is done. */
  AT_ONCE(Refresh.True),

  /** With a later write, or when readers follow to the index. */
  LATER(Refresh.False);

  private final Refresh refresh;

  Visibility(Refresh refresh) {
    this.refresh = refresh;
  }

  /**
   * Returns which one a write needs.
   *
   * <p>To make each write to an index visible that nobody reads would take Elasticsearch a third of
   * its time.
   *
   * @param isRead whether readers read the index
   * @param pending how many events it does not have yet
   */
  static Visibility of(boolean isRead, long pending) {
    return isRead || pending < IndexConsumers.FAR_BEHIND ? AT_ONCE : LATER;
  }

  Refresh refresh() {
    return refresh;
  }
}
