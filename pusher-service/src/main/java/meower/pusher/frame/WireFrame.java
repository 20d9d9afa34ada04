package meower.pusher.frame;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket text frame as it goes over the wire, header and payload (RFC 6455, section 5.2). It
 * lies in memory that it may share with the frames beside it.
 *
 * <p>What a server sends has no mask, so it is the same for every browser.
 */
public final class WireFrame {

  private static final byte WHOLE_TEXT = (byte) 0x81;
  private static final int SHORT = 126;
  private static final int LONG = 127;
  private static final int SHORT_MOST = 0xFFFF;
  private static final WeakReference<byte[]> NOT_MADE = new WeakReference<>(null);

  private final byte[] memory;
  private final int from;
  private final int to;
  private volatile WeakReference<byte[]> event = NOT_MADE;

  private WireFrame(byte[] memory, int from, int to) {
    this.memory = memory;
    this.from = from;
    this.to = to;
  }

  /**
   * Encodes a text. Of a half surrogate pair {@code ?} is left: one such meow would otherwise break
   * the connection of every browser, again at each resume.
   */
  public static WireFrame of(String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 10).put(WHOLE_TEXT);
    if (payload.length < SHORT) {
      frame.put((byte) payload.length);
    } else if (payload.length <= SHORT_MOST) {
      frame.put((byte) SHORT).putShort((short) payload.length);
    } else {
      frame.put((byte) LONG).putLong(payload.length);
    }
    frame.put(payload);
    return new WireFrame(frame.array(), 0, frame.position());
  }

  /** Returns what was encoded; the frame is not blank. */
  public String text() {
    int payload = from + headerLength(memory[from + 1]);
    return new String(memory, payload, to - payload, StandardCharsets.UTF_8);
  }

  /**
   * Returns the frame as an event of a stream. It is made once for all who read it at about the
   * same time, and kept no longer than they need it.
   */
  public byte[] event() {
    byte @Nullable [] made = event.get();
    if (made == null) {
      made = FrameEvents.of(text()).getBytes(StandardCharsets.UTF_8);
      event = new WeakReference<>(made);
    }
    return made;
  }

  private static int headerLength(byte length) {
    return switch (length) {
      case SHORT -> 4;
      case LONG -> 10;
      default -> 2;
    };
  }

  /** Returns how many bytes go over the wire. */
  public int length() {
    return to - from;
  }

  /** Tells whether nothing goes over the wire. */
  boolean isBlank() {
    return to == from;
  }

  /** Returns a frame in the same place of which nothing goes over the wire. */
  WireFrame blanked() {
    return new WireFrame(memory, from, from);
  }

  /** Tells whether this frame lies in the memory. */
  @SuppressWarnings("ReferenceEquality") // The same memory, not the same contents.
  boolean isIn(byte[] other) {
    return memory == other;
  }

  /** Tells whether both frames lie in the same memory. */
  public boolean isBeside(WireFrame other) {
    return isIn(other.memory);
  }

  /** Copies the frame into other memory, where it lies beside others. */
  WireFrame copyTo(byte[] other, int at) {
    System.arraycopy(memory, from, other, at, length());
    return new WireFrame(other, at, at + length());
  }

  /** Tells whether the next frame begins in memory where this one ends. */
  boolean isFollowedBy(WireFrame next) {
    return isBeside(next) && to == next.from;
  }

  /** Returns this frame and all that lie behind it in memory up to another one, to be written. */
  ByteBuffer through(WireFrame last) {
    return ByteBuffer.wrap(memory, from, last.to - from);
  }
}
