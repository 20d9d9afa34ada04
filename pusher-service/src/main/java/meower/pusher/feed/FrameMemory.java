package meower.pusher.feed;

/**
 * Puts frames one behind the other into memory, so that any stretch of them can be written at once.
 *
 * <p>Each piece of memory is filled once and never again: it goes when nobody holds a frame of it.
 * Belongs to one thread; who gets a frame from it safely may read the frame.
 */
final class FrameMemory {

  /** As much as a socket takes at once with the usual buffers, and a few hundred frames. */
  static final int PIECE = 64 * 1024;

  private byte[] memory = new byte[0];
  private int used;

  /** Returns the same frame, behind the one before. */
  WireFrame add(WireFrame frame) {
    if (used + frame.length() > memory.length) {
      memory = new byte[Math.max(PIECE, frame.length())];
      used = 0;
    }
    WireFrame added = frame.copyTo(memory, used);
    used += frame.length();
    return added;
  }
}
