package meower.program.outbound;

/**
 * What somebody else's server answered.
 *
 * @param status 200 to 599
 * @param body at most as many bytes as were asked for, read as UTF-8
 * @param receivedAt by {@link System#nanoTime()}
 */
public record OutboundAnswer(int status, String body, long receivedAt) {}
