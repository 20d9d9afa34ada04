package meower.bench.push.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventStreamWireTests {

  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final EventStreamWire wire = new EventStreamWire();
  private final List<Long> numbers = new ArrayList<>();

  /** Chunks end anywhere, and so does what is read at once. */
  @ParameterizedTest
  @CsvSource({"1, 7", "5, 100", "300, 60", "100000, 100000", "17, 100000"})
  void findsTheMeowsWhereverTheStreamIsCut(int piece, int chunk) {
    StringBuilder events = new StringBuilder("retry: 2345\n\n");
    events.append("event: hello\nid: x-1\ndata: {\"position\":\"x-1\",\"resumed\":true}\n\n");
    for (int number = 1; number <= 20; number++) {
      String frame = new String(Text.frame(number, 5), StandardCharsets.US_ASCII);
      events.append("event: meow\nid: x-%d\ndata: %s\n\n".formatted(number, frame));
      if (number % 5 == 0) {
        events.append(":\n\n");
      }
    }
    take(chunked(events.toString(), chunk), piece);

    assertThat(wire.isReady()).isTrue();
    assertThat(numbers).hasSize(20).startsWith(1L, 2L).endsWith(20L);
    assertThat(wire.left()).isEmpty();
  }

  @Test
  void isReadyNotBeforeTheHello() {
    take(chunked("retry: 2345\n\n", 100), 100);

    assertThat(wire.isReady()).isFalse();
  }

  @Test
  void failsWhenItIsNotLetInOrTooSlow() {
    assertThatThrownBy(() -> take("HTTP/1.1 503 \r\n\r\n".getBytes(StandardCharsets.US_ASCII), 100))
        .hasMessageContaining("503");
    EventStreamWire slow = new EventStreamWire();
    byte[] gap = chunked("event: gap\nid: x-9\ndata: {}\n\n", 100);
    assertThatThrownBy(() -> slow.take(gap, gap.length, (_, _) -> {})).hasMessageContaining("gap");
  }

  private static byte[] chunked(String text, int size) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(HEAD.getBytes(StandardCharsets.US_ASCII));
    for (int at = 0; at < text.length(); at += size) {
      String chunk = text.substring(at, Math.min(text.length(), at + size));
      out.writeBytes(
          "%x\r\n%s\r\n".formatted(chunk.length(), chunk).getBytes(StandardCharsets.US_ASCII));
    }
    return out.toByteArray();
  }

  private void take(byte[] bytes, int piece) {
    byte[] buffer = new byte[200_000];
    for (int at = 0; at < bytes.length; at += piece) {
      int count = Math.min(piece, bytes.length - at);
      byte[] left = wire.left();
      System.arraycopy(left, 0, buffer, 0, left.length);
      System.arraycopy(bytes, at, buffer, left.length, count);
      wire.take(buffer, left.length + count, (b, from) -> numbers.add(Text.number(b, from)));
    }
  }
}
