package meower.schema.queue;

import org.jspecify.annotations.Nullable;

/**
 * A queue and how much is in it.
 *
 * @param oldestReady for how many seconds the first of the ready ones has been ready
 * @param push if its messages are brought to a receiver
 * @param requeued how many dead letters were put back just now
 */
public record QueueStatus(
    String program,
    String queue,
    boolean paused,
    long ready,
    long leased,
    long delayed,
    long dead,
    @Nullable Double oldestReady,
    String lease,
    int maxDeliveries,
    String keep,
    @Nullable PushStatus push,
    int requeued) {}
