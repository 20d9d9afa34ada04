package meower.stream;

import io.nats.client.Message;
import io.nats.client.api.StreamInfo;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;

/**
 * Makes something of the events as they come, in their order. All of it is called by the one thread
 * of a {@link StreamFollower}.
 */
public interface StreamProjection {

  /** Returns up to where it has come; nothing before it has begun. */
  @Nullable Position head();

  /**
   * Begins where the stream stands, or begins anew because the stream is another one. What it needs
   * of the past it reads by itself. Afterwards the {@link #head} is the position of the stream.
   *
   * @throws Exception if that is not possible now; it is called again then
   */
  void begin(StreamInfo info) throws Exception;

  /** Takes the next message; one that it has already is ignored. */
  void on(Message message);

  /**
   * Up to this sequence, which is after the {@link #head}, the stream holds nothing more: what was
   * there last has been erased, and nothing came after it yet.
   */
  default void passed(long sequence) {}

  /** The stream was looked at and goes on where the projection is. */
  default void checked(StreamInfo info) {}
}
