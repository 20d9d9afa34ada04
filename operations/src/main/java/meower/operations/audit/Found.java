package meower.operations.audit;

import meower.schema.EventKey;
import org.jspecify.annotations.Nullable;

/**
 * What stands somewhere, right or not.
 *
 * @param place where
 * @param id of the meow that it says to be of
 * @param key the event that a message was published for; nothing in the index
 * @param entry nothing if it cannot be right, whatever Postgres says: it is no event, or something
 *     beside it is wrong, for example what search would find
 * @param handle names it where it stands: a sequence of the stream, a document id of the index
 * @param version the index's own of the document, 0 in the stream
 * @param text for the operator
 */
record Found(
    long place,
    String id,
    @Nullable EventKey key,
    @Nullable Entry entry,
    String handle,
    long version,
    String text) {}
