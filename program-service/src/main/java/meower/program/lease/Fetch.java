package meower.program.lease;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import meower.program.queue.Queue;

/**
 * What somebody wants to fetch.
 *
 * @param most messages
 * @param timeout how long at most, if there are none
 * @param attempt the same for the same fetch that is repeated
 */
record Fetch(Queue queue, int most, Duration timeout, Duration lease, Optional<UUID> attempt) {}
