package meower.query.model.audit;

import meower.schema.audit.LedgerChecksum;

/**
 * What an index holds in a range, in short.
 *
 * @param count how many documents
 * @param hash MD5 of their lines as {@link LedgerChecksum} says; the line of a document that no
 *     creation has made so is unlike any of those
 */
public record IndexChecksum(long count, String hash) {}
