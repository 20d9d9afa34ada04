package meower.query.model.audit;

import meower.schema.audit.CreationSum;

/**
 * What an index holds in a range, in short.
 *
 * @param count how many documents
 * @param hash as {@link CreationSum} says; a document that no creation has made so is a wrong one
 */
public record IndexChecksum(long count, String hash) {}
