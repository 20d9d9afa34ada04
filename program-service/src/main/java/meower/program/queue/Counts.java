package meower.program.queue;

import org.jspecify.annotations.Nullable;

/**
 * How much is in a queue at a moment.
 *
 * @param ready can be fetched
 * @param leased somebody works on them
 * @param delayed come later
 * @param dead letters
 * @param oldestReady for how many seconds the first of the ready ones has been ready
 */
public record Counts(
    long ready, long leased, long delayed, long dead, @Nullable Double oldestReady) {}
