package meower.bench.push.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketWireTests {

  private final WebSocketWire wire = new WebSocketWire(new MeowerProtocol());
  private final List<Long> numbers = new ArrayList<>();
  private final ByteArrayOutputStream answers = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 300, 100_000})
  void findsTheMeowsWhereverTheStreamIsCut(int piece) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        "HTTP/1.1 101 \r\nUpgrade: websocket\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    frame(bytes, 1, "{\"kind\":2,\"position\":\"x-1\"}".getBytes(StandardCharsets.US_ASCII));
    for (int number = 1; number <= 20; number++) {
      frame(bytes, 1, Text.frame(number, 5));
    }
    frame(bytes, 9, new byte[] {7});
    take(bytes.toByteArray(), piece);

    assertThat(wire.isReady()).isTrue();
    assertThat(numbers).hasSize(20).startsWith(1L, 2L).endsWith(20L);
    assertThat(answers.toByteArray())
        .as("a pong with the same payload")
        .isEqualTo(new byte[] {(byte) 0x8A, (byte) 0x81, 0, 0, 0, 0, 7});
  }

  @Test
  void failsWhenItIsNotLetIn() {
    byte[] refusal = "HTTP/1.1 503 \r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> take(refusal, 100)).hasMessageContaining("503");
  }

  private void take(byte[] bytes, int piece) {
    byte[] buffer = new byte[200_000];
    for (int at = 0; at < bytes.length; at += piece) {
      int count = Math.min(piece, bytes.length - at);
      byte[] left = wire.left();
      System.arraycopy(left, 0, buffer, 0, left.length);
      System.arraycopy(bytes, at, buffer, left.length, count);
      ByteBuffer answer =
          wire.take(buffer, left.length + count, (b, from) -> numbers.add(Text.number(b, from)));
      byte[] sent = new byte[answer.remaining()];
      answer.get(sent);
      answers.writeBytes(sent);
    }
  }

  private static void frame(ByteArrayOutputStream out, int opcode, byte[] payload) {
    out.write(0x80 | opcode);
    if (payload.length < 126) {
      out.write(payload.length);
    } else {
      out.write(126);
      out.write(payload.length >> 8);
      out.write(payload.length & 0xFF);
    }
    out.writeBytes(payload);
  }
}
