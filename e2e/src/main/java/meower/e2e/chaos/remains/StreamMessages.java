package meower.e2e.chaos.remains;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.api.OrderedConsumerConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import meower.e2e.access.Access;

/** All messages that a stream of NATS has, with their headers. */
record StreamMessages(Access access, String stream) implements Place {

  private static final int STREAM_NOT_FOUND = 10059;
  private static final int MESSAGE_NOT_FOUND = 10037;
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofSeconds(1);

  @Override
  public String name() {
    return "messages of " + stream;
  }

  @Override
  @SuppressWarnings("try") // Connection.close() declares InterruptedException
  public Set<String> search(Words words) throws Exception {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    try (var connection = access.nats()) {
      var management = connection.jetStreamManagement();
      var found = new TreeSet<String>();
      long last = management.getStreamInfo(stream).getStreamState().getLastSequence();
      if (last > 0) {
        var consumer =
            connection
                .getStreamContext(stream)
                .createOrderedConsumer(new OrderedConsumerConfiguration());
        try (var messages = consumer.iterate()) {
          for (long read = 0; read < last; ) {
            var message = messages.nextMessage(POLL);
            if (message != null) {
              found.addAll(read(message, words));
              read = message.metaData().streamSequence();
            } else if (!holdsMessagesAfter(management, read)) {
              break; // they were erased
            } else {
              requireTime(deadline, read, last);
            }
          }
        }
      }
      return found;
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() == STREAM_NOT_FOUND) {
        return Set.of();
      }
      throw e;
    }
  }

  private void requireTime(long deadline, long read, long last) throws IOException {
    if (System.nanoTime() > deadline) {
      throw new IOException(
          "%s has messages up to %d, and none comes after %d".formatted(stream, last, read));
    }
  }

  private boolean holdsMessagesAfter(JetStreamManagement management, long sequence)
      throws IOException, JetStreamApiException {
    try {
      management.getNextMessage(stream, sequence + 1, ">");
      return true;
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() == MESSAGE_NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  private static Set<String> read(Message message, Words words) {
    var found = new TreeSet<String>(words.in(message.getData()));
    if (message.hasHeaders()) {
      found.addAll(words.in(message.getHeaders().entrySet().toString()));
    }
    return found;
  }
}
