package meower.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpAnswerTests {

  private final HttpAnswer answer = new HttpAnswer(true);

  /** Each comes in one piece, and byte by byte. */
  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 200 OK~Content-Length: 5~~hello, 200, 5",
    "HTTP/1.1 201 Created~content-length: 0~~, 201, 0",
    "HTTP/1.1 304 Not Modified~ETag: x~~, 304, 0",
    "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello~a~0123456789~0~~, 200, 15",
    "HTTP/1.1 503 No~Transfer-Encoding: chunked~~0~~, 503, 0",
  })
  void knowsWhereAnAnswerEnds(String text, int status, long bytes) {
    byte[] wire = text.replace("~", "\r\n").getBytes(StandardCharsets.US_ASCII);

    assertThat(answer.take(ByteBuffer.wrap(wire))).isTrue();
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.bytes()).isEqualTo(bytes);

    answer.reset();
    for (int i = 0; i < wire.length - 1; i++) {
      assertThat(answer.take(ByteBuffer.wrap(wire, i, 1))).as("byte %s", i).isFalse();
    }
    assertThat(answer.take(ByteBuffer.wrap(wire, wire.length - 1, 1))).isTrue();
    assertThat(answer.bytes()).isEqualTo(bytes);
  }

  @Test
  void refusesAnAnswerWhoseEndNobodyKnows() {
    byte[] wire = "HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> answer.take(ByteBuffer.wrap(wire)))
        .isInstanceOf(IllegalStateException.class);
  }
}
