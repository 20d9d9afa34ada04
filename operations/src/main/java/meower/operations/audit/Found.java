package meower.operations.audit;

/**
 * What stands somewhere, right or not.
 *
 * @param handle names it where it stands: a sequence of the stream, a document id of the index
 * @param sound false if something beside the entry is wrong, for example what search would find
 */
record Found(Entry entry, String handle, boolean sound) {}
