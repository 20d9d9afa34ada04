package meower.e2e.hostile.worst;

import java.io.IOException;
import meower.e2e.hostile.wire.Connection;
import meower.e2e.hostile.wire.RawAnswer;
import meower.e2e.hostile.wire.Request;
import org.jspecify.annotations.Nullable;

/** Asks one thing after the other, on the same connection as long as it lasts. */
final class Line implements AutoCloseable {

  private final Address address;
  private @Nullable Connection connection;

  Line(Address address) {
    this.address = address;
  }

  RawAnswer ask(Request request) throws IOException {
    try {
      return askOn(connection == null ? connect() : connection, request);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private RawAnswer askOn(Connection open, Request request) throws IOException {
    open.send(address.sign(request).wire());
    RawAnswer answer =
        open.answer(request.isHead())
            .orElseThrow(() -> new IOException("hung up without an answer"));
    if (answer.isLast()) {
      close();
    }
    return answer;
  }

  private Connection connect() throws IOException {
    Connection opened = address.connect();
    connection = opened;
    return opened;
  }

  @Override
  public void close() throws IOException {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
