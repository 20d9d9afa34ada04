package meower.bench.push.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NatsProtocolTests {

  private final NatsProtocol protocol = new NatsProtocol("s");
  private final List<Long> numbers = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 100_000})
  void findsTheMeowsWhereverTheStreamIsCut(int piece) {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    wire.writeBytes("INFO {}\r\nPONG\r\n".getBytes(StandardCharsets.US_ASCII));
    for (int number = 1; number <= 20; number++) {
      byte[] meow = Text.frame(number, 5);
      wire.writeBytes(("MSG s 1 " + meow.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
      wire.writeBytes(meow);
      wire.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    byte[] bytes = wire.toByteArray();
    assertThat(protocol.isReady()).isFalse();
    for (int at = 0; at < bytes.length; at += piece) {
      take(bytes, at, Math.min(bytes.length, at + piece));
    }

    assertThat(protocol.isReady()).isTrue();
    assertThat(numbers).hasSize(20).startsWith(1L, 2L).endsWith(20L);
  }

  @Test
  void answersAPing() {
    byte[] ping = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

    assertThat(protocol.take(ping, 0, ping.length, this::note))
        .isEqualTo("PONG\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void failsWhenTheServerSaysSo() {
    byte[] error = "-ERR 'Slow Consumer'\r\n".getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> take(error, 0, error.length)).hasMessageContaining("Slow Consumer");
  }

  private void take(byte[] bytes, int from, int to) {
    protocol.take(bytes, from, to, this::note);
  }

  private void note(byte[] bytes, int from) {
    numbers.add(Text.number(bytes, from));
  }
}
