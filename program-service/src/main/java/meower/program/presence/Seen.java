package meower.program.presence;

/**
 * That an object was here.
 *
 * @param answeredAt when that was said, by {@link System#nanoTime()}
 */
public record Seen(String program, String id, long answeredAt) {}
