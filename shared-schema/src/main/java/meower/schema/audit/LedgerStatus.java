package meower.schema.audit;

import org.jspecify.annotations.Nullable;

/**
 * How much there is in Postgres, all of it as it was at one moment.
 *
 * @param lastEvent the highest {@code seq} of an event
 * @param events everything that has ever happened
 * @param meows all that were posted, also those that are deleted
 * @param deleted how many of them are
 * @param outbox how many messages wait to be published
 * @param erasures how many messages of deleted meows are still to be taken out of the stream
 * @param foreign how many messages of the stream are no events of Postgres, or ones that it has
 *     twice; nothing from an instance of a version before
 */
public record LedgerStatus(
    LedgerEpoch epoch,
    long lastEvent,
    long events,
    long meows,
    long deleted,
    long outbox,
    long erasures,
    @Nullable Long foreign) {}
