package meower.schema.audit;

/**
 * Asks the command service about the sequences in ({@code after}, {@code to}].
 *
 * @param epoch the number of the epoch in the ledger
 * @param changed only meows to which something has happened since they were posted
 */
public record LedgerRange(int epoch, long after, long to, boolean changed) {

  /** Asks about all of the same range behind a part. */
  public LedgerRange behind(long part) {
    return new LedgerRange(epoch, part, to, changed);
  }
}
