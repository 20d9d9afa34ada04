package meower.stream;

import io.nats.client.api.StreamInfo;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;

/** How the stream, as it stands now, relates to what was read of it so far. */
enum Continuation {

  /** It goes on where the reading ended. */
  GOES_ON,

  /** It has lost something that its owner is bringing back: nothing can be said until then. */
  INCOMPLETE,

  /**
   * Nothing was read so far, it is another stream, or it lost what would have come next. Of what it
   * lost before its first message nobody can say whether it was erased; behind it, a hole is what
   * was erased, and the stream goes on.
   */
  ANEW;

  /**
   * @param head up to where it was read, if it was
   */
  static Continuation of(StreamInfo info, @Nullable Position head) {
    Position last = Streams.lastPosition(info);
    if (Streams.isRefilling(info)) {
      return INCOMPLETE;
    }
    if (head == null || !last.epoch().equals(head.epoch())) {
      return ANEW;
    }
    if (last.sequence() < head.sequence()) {
      return INCOMPLETE;
    }
    return info.getStreamState().getFirstSequence() <= head.sequence() + 1 ? GOES_ON : ANEW;
  }
}
