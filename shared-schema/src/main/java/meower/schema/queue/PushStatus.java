package meower.schema.queue;

import org.jspecify.annotations.Nullable;

/**
 * How the receiver of a queue is doing.
 *
 * @param state {@code unverified}, {@code ok}, {@code failing} or {@code paused}
 * @param since when it began to be so
 * @param lastStatus of HTTP, if it has answered the last call
 * @param lastError why the last call failed, in a few words
 */
public record PushStatus(
    String url,
    String state,
    String since,
    @Nullable Integer lastStatus,
    @Nullable String lastError) {}
