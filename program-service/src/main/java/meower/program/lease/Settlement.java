package meower.program.lease;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import meower.program.commit.Change;
import meower.program.queue.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Leases with which the same is to be done, each its own way.
 *
 * @param leases no two for the same message
 */
record Settlement(Queue queue, List<Lease> leases, Action action) implements Change {

  private static final int BYTES = 100;

  private record MessageOf(long queue, long seq) {}

  /** What became of a lease. */
  sealed interface Outcome {

    /**
     * It held.
     *
     * @param until when an extended one is over
     */
    record Done(@Nullable Instant until) implements Outcome {}

    /** It did not hold, and the message is still there. */
    record Lost() implements Outcome {}

    /** The message is not there any more. */
    record Gone() implements Outcome {}
  }

  @Override
  public Collection<?> claims() {
    return leases.stream().map(lease -> new MessageOf(queue.id(), lease.seq())).toList();
  }

  @Override
  public long size() {
    return (long) leases.size() * BYTES;
  }
}
