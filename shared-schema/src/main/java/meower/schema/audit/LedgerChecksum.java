package meower.schema.audit;

/**
 * What the ledger holds in a range, in short.
 *
 * @param count how many meows nobody has touched since they were posted
 * @param hash MD5 of their lines {@code <sequence>|<id>|<microseconds>|<body>}, which a line feed
 *     separates, as {@link CreationSum} has them; empty without any
 * @param changed how many events of other meows there are
 */
public record LedgerChecksum(long count, String hash, long changed) {}
