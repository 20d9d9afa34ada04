package meower.e2e.chaos.remains;

import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.api.OrderedConsumerConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** All messages that a stream of NATS has, with their headers. */
record StreamMessages(String url, String stream) implements Place {

  private static final int STREAM_NOT_FOUND = 10059;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Override
  public String name() {
    return "messages of " + stream;
  }

  @Override
  @SuppressWarnings("try") // Connection.close() declares InterruptedException
  public Set<String> search(Words words) throws Exception {
    try (var connection = Nats.connect(url)) {
      var state = connection.jetStreamManagement().getStreamInfo(stream).getStreamState();
      var found = new TreeSet<String>();
      if (state.getMsgCount() > 0) {
        var consumer =
            connection
                .getStreamContext(stream)
                .createOrderedConsumer(new OrderedConsumerConfiguration());
        try (var messages = consumer.iterate()) {
          for (long left = state.getMsgCount(); left > 0; left--) {
            var message = messages.nextMessage(TIMEOUT);
            if (message == null) {
              throw new IOException(stream + " has " + left + " messages more, and none comes");
            }
            found.addAll(read(message, words));
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

  private static Set<String> read(Message message, Words words) {
    var found = new TreeSet<String>(words.in(message.getData()));
    if (message.hasHeaders()) {
      found.addAll(words.in(message.getHeaders().entrySet().toString()));
    }
    return found;
  }
}
