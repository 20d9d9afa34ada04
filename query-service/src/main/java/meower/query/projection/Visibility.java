package meower.query.projection;

import co.elastic.clients.elasticsearch._types.Refresh;

/** When readers see what a write brings into an index. */
enum Visibility {
  /** When the write is done. */
  AT_ONCE(Refresh.True),

  /** With a later write, or when the index is compared with the stream. */
  LATER(Refresh.False);

  /** Readers follow to an index that lacks a few events at most: those of the last seconds. */
  private static final long FAR_BEHIND = 20_000;

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
    return isRead || pending < FAR_BEHIND ? AT_ONCE : LATER;
  }

  Refresh refresh() {
    return refresh;
  }
}
