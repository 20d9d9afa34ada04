package meower.bench.callback;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import meower.bench.http.Conversation;

/** The same request again and again, which has to be answered with one status. */
record Publishing(Supplier<ByteBuffer> requests, int expected) implements Conversation {

  @Override
  public ByteBuffer next() {
    return requests.get();
  }

  @Override
  public int answered(int status, byte[] body) {
    if (status != expected) {
      throw new IllegalStateException(status + " " + new String(body, StandardCharsets.UTF_8));
    }
    return 1;
  }
}
