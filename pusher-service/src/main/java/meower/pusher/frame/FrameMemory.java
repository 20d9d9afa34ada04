package meower.pusher.frame;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts frames one behind the other into memory, so that any stretch of them can be written at once.
 *
 * <p>Each piece of memory is filled once and never again: it goes when nobody holds a frame of it.
 * So nothing is ever overwritten that a socket may be taking this very moment. What has to go
 * sooner goes with its piece, after the frames beside it were {@link #move}d to another one.
 *
 * <p>Belongs to one thread; who gets a frame from it safely may read the frame.
 */
public final class FrameMemory {

  /** As much as a socket takes at once with the usual buffers, and a few hundred frames. */
  static final int PIECE = 64 * 1024;

  private byte[] memory = new byte[0];
  private int used;

  /** Returns the same frame, behind the one before. */
  public WireFrame add(WireFrame frame) {
    if (used + frame.length() > memory.length) {
      memory = new byte[Math.max(PIECE, frame.length())];
      used = 0;
    }
    WireFrame added = frame.copyTo(memory, used);
    used += frame.length();
    return added;
  }

  /**
   * Returns the same frames in other memory, one behind the other; what is added next lies behind
   * them, if it would have done so in the old memory.
   *
   * @param frames those of one piece that are needed, in order; blank ones too
   */
  public List<WireFrame> move(List<WireFrame> frames) {
    boolean filling = frames.getFirst().isIn(memory);
    int length = frames.stream().mapToInt(WireFrame::length).sum();
    byte[] other = new byte[filling ? memory.length : length];
    List<WireFrame> moved = new ArrayList<>(frames.size());
    int at = 0;
    for (WireFrame frame : frames) {
      moved.add(frame.copyTo(other, at));
      at += frame.length();
    }
    if (filling) {
      memory = other;
      used = at;
    }
    return moved;
  }
}
