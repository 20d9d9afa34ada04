package meower.bench.push;

import java.io.IOException;

/** Sends meows on their way to the browsers. */
interface Publisher extends AutoCloseable {

  /** Sends one, and does not wait for it. */
  void publish(long number) throws Exception;

  @Override
  void close() throws IOException;
}
