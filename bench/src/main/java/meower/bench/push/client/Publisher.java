package meower.bench.push.client;

import java.io.IOException;

/** Sends meows on their way to the browsers. */
public interface Publisher extends AutoCloseable {

  /** Sends one, and does not wait for it. */
  void publish(long number) throws Exception;

  @Override
  void close() throws IOException;
}
