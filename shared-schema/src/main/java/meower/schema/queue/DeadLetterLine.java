package meower.schema.queue;

import org.jspecify.annotations.Nullable;

/** A dead letter without its body, which is the program's. */
public record DeadLetterLine(
    String id, String reason, int deliveries, @Nullable String lastError, String diedAt) {}
