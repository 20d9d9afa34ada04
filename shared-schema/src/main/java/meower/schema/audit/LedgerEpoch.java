package meower.schema.audit;

/**
 * The present epoch of the stream, as the ledger knows it.
 *
 * @param number the ledger's own for it, 0 while the stream was never seen
 * @param name what positions say
 * @param complete whether the stream holds everything that it has to
 * @param last the last sequence that was published
 */
public record LedgerEpoch(int number, String name, boolean complete, long last) {}
