package meower.schema.audit;

/**
 * How much there is in Postgres, all of it as it was at one moment.
 *
 * @param lastEvent the highest {@code seq} of an event
 * @param events everything that has ever happened
 * @param meows all that were posted, also those that are deleted
 * @param deleted how many of them are
 * @param outbox how many messages wait to be published
 * @param erasures how many messages of deleted meows are still to be taken out of the stream
 */
public record LedgerStatus(
    LedgerEpoch epoch,
    long lastEvent,
    long events,
    long meows,
    long deleted,
    long outbox,
    long erasures) {}
