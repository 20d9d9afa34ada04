package meower.e2e.chaos.program.history;

/**
 * A message that somebody got with a lease.
 *
 * @param message its id
 * @param number of the delivery, as the answer says it
 * @param askedAt when the fetch was sent, in {@link System#nanoTime()}; of one that was repeated
 *     with its key, the first time
 * @param gotAt when the answer was here
 * @param nanos for how long the lease is
 */
public record Delivery(
    String message, String body, int number, String lease, long askedAt, long gotAt, long nanos) {}
