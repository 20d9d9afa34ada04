package meower.schema.signing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;

/**
 * All of a message that anybody believes.
 *
 * @param position where it is in the stream
 * @param messageId its {@code Nats-Msg-Id}
 * @param earlier its {@code Meower-Earlier}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SignedMessage(
    Position position,
    String subject,
    @Nullable String messageId,
    @Nullable String earlier,
    byte[] payload) {

  /** What is absent has no length, which is not the same as empty. */
  private static final int ABSENT = -1;

  /** Returns bytes that no other message has: each part with its length before it. */
  byte[] encoded() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length + 200);
    write(bytes, position.toString());
    write(bytes, subject);
    write(bytes, messageId);
    write(bytes, earlier);
    write(bytes, payload);
    return bytes.toByteArray();
  }

  private static void write(ByteArrayOutputStream bytes, @Nullable String part) {
    if (part == null) {
      length(bytes, ABSENT);
    } else {
      write(bytes, part.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void write(ByteArrayOutputStream bytes, byte[] part) {
    length(bytes, part.length);
    bytes.writeBytes(part);
  }

  private static void length(ByteArrayOutputStream bytes, int length) {
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
  }
}
