package meower.pusher.frame;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;

/**
 * Frames that are written together. Those that lie one behind the other in memory are one piece:
 * what a browser has missed of the live feed, be it one frame or hundreds.
 */
public final class Batch {

  private final List<ByteBuffer> pieces = new ArrayList<>(1);
  private @Nullable WireFrame first;
  private @Nullable WireFrame last;
  private int frames;

  public Batch() {}

  /** The first frame of a connection: the feed starts right after the position. */
  public static Batch hello(Position position, boolean resumed) {
    Batch batch = new Batch();
    batch.add(WireFrame.of(Frames.hello(position, resumed)));
    return batch;
  }

  /** So many browsers are connected, to all instances together. */
  public static Batch online(int connections) {
    Batch batch = new Batch();
    batch.add(WireFrame.of(Frames.online(connections)));
    return batch;
  }

  /** Adds a frame; one that was blanked is left out. */
  public void add(WireFrame frame) {
    if (frame.isBlank()) {
      return;
    }
    if (last == null || !last.isFollowedBy(frame)) {
      endPiece();
      first = frame;
    }
    last = frame;
    frames++;
  }

  public boolean isEmpty() {
    return frames == 0;
  }

  /** Returns how many frames there are. */
  public int frames() {
    return frames;
  }

  /** Returns the memory in which the frames lie, in order; for one write. */
  public List<ByteBuffer> pieces() {
    endPiece();
    first = null;
    last = null;
    return pieces;
  }

  /** Returns the texts of the frames, for a wire of another kind. */
  public List<String> texts() {
    return pieces().stream().flatMap(piece -> WireFrame.texts(piece).stream()).toList();
  }

  private void endPiece() {
    if (first != null && last != null) {
      pieces.add(first.through(last));
    }
  }
}
