package meower.e2e.hostile.fuzz;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import meower.e2e.hostile.wire.Connection;
import meower.e2e.hostile.wire.RawAnswer.IllFormedException;

/** Reads what comes over a WebSocket, and finds fault with it. */
final class Conversation {

  /** Errors of ours, and what must never be sent. Any other may be the answer to the same code. */
  private static final Set<Integer> FORBIDDEN_CODES = Set.of(1004, 1005, 1006, 1011, 1015);

  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final Set<Integer> OPCODES = Set.of(TEXT, CLOSE, 9, 10);

  private final InputStream in;
  private final Function<String, List<String>> judge;
  private final List<String> complaints = new ArrayList<>();
  private boolean ended;

  /**
   * @param judge says what is wrong with a text
   */
  Conversation(InputStream in, Function<String, List<String>> judge) {
    this.in = in;
    this.judge = judge;
  }

  /** What was wrong so far. */
  List<String> complaints() {
    return complaints;
  }

  /** Reads until the connection ends, which a goodbye or a reset makes it do. */
  void readToItsEnd() throws IOException {
    readUntil(() -> false);
    if (!ended) {
      complaints.add("does not end");
    }
  }

  /** Reads until all is there that is waited for, or nothing more can come. */
  void readUntil(BooleanSupplier complete) throws IOException {
    long deadline = System.nanoTime() + Connection.LONGEST_ANSWER.toNanos();
    try {
      while (!ended && !complete.getAsBoolean() && System.nanoTime() < deadline) {
        ended = frame() < 0;
      }
    } catch (IllFormedException e) {
      complaints.add(e.getMessage());
      ended = true;
    } catch (EOFException | java.net.SocketException _) {
      ended = true; // Cut off is what a stranger who breaks the rules may get.
    }
  }

  private int frame() throws IOException {
    int first = in.read();
    if (first < 0) {
      return first;
    }
    int opcode = first & 0xF;
    if ((first & 0xF0) != 0x80 || !OPCODES.contains(opcode)) {
      throw new IllFormedException("no frame of ours: " + Integer.toHexString(first));
    }
    byte[] payload = exactly(length());
    if (opcode == TEXT) {
      complaints.addAll(judge.apply(utf8(payload, 0)));
    } else if (opcode == CLOSE) {
      judgeClose(payload);
    }
    return opcode;
  }

  private int length() throws IOException {
    int length = exactly(1)[0];
    if (length < 0 || length == 127) {
      throw new IllFormedException("masked, or far too long");
    }
    return length == 126 ? ByteBuffer.wrap(exactly(2)).getShort() & 0xFFFF : length;
  }

  private void judgeClose(byte[] payload) throws IOException {
    if (payload.length >= 2) {
      int code = ByteBuffer.wrap(payload).getShort() & 0xFFFF;
      String reason = utf8(payload, 2);
      if (FORBIDDEN_CODES.contains(code) || Judge.INSIDES.matcher(reason).find()) {
        complaints.add("closed with " + code + " " + reason);
      }
    }
  }

  private static String utf8(byte[] bytes, int from) throws IOException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
        .toString();
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }
}
