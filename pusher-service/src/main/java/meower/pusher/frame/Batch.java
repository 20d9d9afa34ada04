package meower.pusher.frame;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import meower.schema.Position;

/** Frames that are written together. */
public final class Batch {

  private final List<WireFrame> frames = new ArrayList<>();

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
    if (!frame.isBlank()) {
      frames.add(frame);
    }
  }

  public boolean isEmpty() {
    return frames.isEmpty();
  }

  /** Returns how many frames there are. */
  public int size() {
    return frames.size();
  }

  /** Returns how many bytes that is for a WebSocket. */
  public long bytes() {
    return frames.stream().mapToLong(WireFrame::length).sum();
  }

  /** Returns the frames in their order. */
  public List<WireFrame> frames() {
    return Collections.unmodifiableList(frames);
  }

  /**
   * Returns the memory in which the frames lie, in order, for one write. Those that lie one behind
   * the other are one piece: what a browser has missed of the live feed, be it one or hundreds.
   */
  public List<ByteBuffer> pieces() {
    List<ByteBuffer> pieces = new ArrayList<>(1);
    int from = 0;
    for (int i = 0; i < frames.size(); i++) {
      boolean last = i + 1 == frames.size();
      if (last || !frames.get(i).isFollowedBy(frames.get(i + 1))) {
        pieces.add(frames.get(from).through(frames.get(i)));
        from = i + 1;
      }
    }
    return pieces;
  }
}
