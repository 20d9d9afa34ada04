package meower.e2e.chaos.program.history;

/**
 * A call that a receiver got.
 *
 * @param message the {@code webhook-id}
 * @param verified whether its signature is right
 * @param accepted whether it was answered with 2xx in time
 * @param at in {@link System#nanoTime()}
 */
public record PushCall(String message, String body, boolean verified, boolean accepted, long at) {}
