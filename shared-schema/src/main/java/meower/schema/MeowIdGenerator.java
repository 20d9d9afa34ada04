package meower.schema;

import com.github.ksuid.Ksuid;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/**
 * Makes meow ids that sort by time also within one second.
 *
 * <p>A plain KSUID knows seconds only, so two meows of the same second would sort at random. Here
 * the payload starts with the nanosecond of the second (4 bytes); the other 12 bytes stay random.
 * Every KSUID tool still reads the time. Within one generator ids are strictly increasing, also
 * when the clock stands still or steps back: then the last instant goes on by one nanosecond.
 *
 * <p>Thread-safe.
 */
public final class MeowIdGenerator {

  private static final long KSUID_EPOCH_SECONDS = 1_400_000_000L;

  private final Clock clock;
  private final RandomGenerator random;
  private final AtomicReference<Instant> last = new AtomicReference<>(Instant.EPOCH);

  /**
   * @param random where the 12 random bytes come from; a shared one must be thread-safe
   */
  public MeowIdGenerator(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** Returns an id larger than every id that this generator has returned before. */
  public MeowId next() {
    Instant now = clock.instant();
    return encode(last.updateAndGet(l -> now.isAfter(l) ? now : l.plusNanos(1)));
  }

  private MeowId encode(Instant instant) {
    byte[] tail = new byte[Ksuid.PAYLOAD_BYTES - Integer.BYTES];
    random.nextBytes(tail);
    byte[] payload =
        ByteBuffer.allocate(Ksuid.PAYLOAD_BYTES).putInt(instant.getNano()).put(tail).array();
    return new MeowId(
        Ksuid.newBuilder()
            .withTimestamp((int) (instant.getEpochSecond() - KSUID_EPOCH_SECONDS))
            .withPayload(payload)
            .build()
            .toString());
  }
}
