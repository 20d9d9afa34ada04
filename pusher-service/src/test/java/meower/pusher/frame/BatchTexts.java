package meower.pusher.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what is written as a browser does. */
public final class BatchTexts {

  private BatchTexts() {}

  /** Returns the texts of the frames. */
  public static List<String> texts(Batch batch) {
    List<String> texts = new ArrayList<>();
    for (ByteBuffer piece : batch.pieces()) {
      while (piece.hasRemaining()) {
        texts.add(text(piece));
      }
    }
    return texts;
  }

  public static String text(WireFrame frame) {
    return text(frame.through(frame));
  }

  private static String text(ByteBuffer piece) {
    if (piece.get() != (byte) 0x81) {
      throw new IllegalArgumentException("no whole text");
    }
    int few = piece.get();
    int length =
        switch (few) {
          case 126 -> piece.getShort() & 0xFFFF;
          case 127 -> Math.toIntExact(piece.getLong());
          default -> few;
        };
    byte[] payload = new byte[length];
    piece.get(payload);
    return new String(payload, StandardCharsets.UTF_8);
  }
}
