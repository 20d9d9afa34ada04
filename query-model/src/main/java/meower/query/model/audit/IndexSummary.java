package meower.query.model.audit;

/**
 * What there is to read.
 *
 * @param index the name of the index that is read, empty if there is none
 * @param epoch that of its sequences
 * @param revisions whether it has room for edits and deletions
 * @param filled the sequence up to which it has everything
 * @param meows how many it shows: not those that were deleted
 * @param documents how many all indexes have together, also one that is being filled
 */
public record IndexSummary(
    String index, String epoch, boolean revisions, long filled, long meows, long documents) {}
