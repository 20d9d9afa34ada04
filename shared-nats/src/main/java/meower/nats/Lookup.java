package meower.nats;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks for what JetStream need not have. */
public final class Lookup {

  private Lookup() {}

  /** A request about a stream, a consumer or a message. */
  @FunctionalInterface
  public interface Request<T> {
    T ask() throws IOException, JetStreamApiException;
  }

  /**
   * Returns the answer to a request.
   *
   * @param absent what may be missing: then there is no answer
   * @throws IOException if the server does not answer
   * @throws JetStreamApiException if it refuses for another reason
   */
  public static <T> Optional<T> find(Request<T> request, NotFound... absent)
      throws IOException, JetStreamApiException {
    try {
      return Optional.of(request.ask());
    } catch (JetStreamApiException e) {
      if (Stream.of(absent).anyMatch(one -> one.isReasonOf(e))) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
