package meower.schema.queue;

import org.jspecify.annotations.Nullable;

/**
 * Which queue is meant.
 *
 * @param program whose it has to be, if that matters
 */
public record QueueName(@Nullable String program, String queue) {}
