package meower.query.model.audit;

/** What an audit asks of the query service over NATS, and one of its instances answers. */
public final class IndexAuditRequests {

  /** Which index is read, and how much is in it: {@link IndexSummary}. */
  public static final String SUMMARY = "index.summary";

  /** Sums up the documents in a range: {@link IndexRange}, {@link IndexChecksum}. */
  public static final String CHECKSUM = "index.checksum";

  /** The documents in a range: {@link IndexRange}, {@link IndexEntries}. */
  public static final String ENTRIES = "index.entries";

  /** Write documents again, and delete others: {@link IndexMending}. */
  public static final String MEND = "index.mend";

  private IndexAuditRequests() {}
}
