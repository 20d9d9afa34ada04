package meower.bench.queue.peer;

import java.io.IOException;

/** One connection, for one thread. */
public interface Worker extends AutoCloseable {

  /** Publishes a message, fetches one, and acknowledges it; each is certain before it goes on. */
  void cycle() throws Exception;

  @Override
  void close() throws IOException;
}
