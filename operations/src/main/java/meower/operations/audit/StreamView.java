package meower.operations.audit;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import meower.schema.DeadLetterStream;
import meower.schema.MeowStream;
import meower.schema.Position;
import meower.stream.StreamScan;

/** What NATS knows: how the stream stands, how far the index follows it, what was parked. */
record StreamView(Connection connection) {

  private static final int STREAM_NOT_FOUND = 10059;
  private static final int CONSUMER_NOT_FOUND = 10014;
  private static final int BATCH = 1_000;

  Optional<StreamInfo> find() throws IOException, JetStreamApiException {
    try {
      return Optional.of(management().getStreamInfo(MeowStream.NAME));
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() == STREAM_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Returns the last sequence up to which everything is in the index. */
  long indexedTo(String index) throws IOException, JetStreamApiException {
    try {
      ConsumerInfo consumer = management().getConsumerInfo(MeowStream.NAME, consumerOf(index));
      return consumer.getNumPending() + consumer.getNumAckPending() == 0
          ? consumer.getDelivered().getStreamSequence()
          : consumer.getAckFloor().getStreamSequence();
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() == CONSUMER_NOT_FOUND || e.getApiErrorCode() == STREAM_NOT_FOUND) {
        return 0;
      }
      throw e;
    }
  }

  /** Its name ends with the index's id, which an index from before there were generations lacks. */
  private String consumerOf(String index) throws IOException, JetStreamApiException {
    String name = "indexer-" + index;
    List<String> names = management().getConsumerNames(MeowStream.NAME);
    return names.contains(name)
        ? name
        : names.stream().filter(n -> n.startsWith(name + "-")).findFirst().orElse(name);
  }

  /** Returns the sequences of an epoch whose messages could not be indexed. */
  Set<Long> parked(String epoch) throws IOException, JetStreamApiException {
    Set<Long> parked = new HashSet<>();
    if (!management().getStreamNames().contains(DeadLetterStream.NAME)) {
      return parked;
    }
    try (StreamScan scan = StreamScan.of(DeadLetterStream.NAME, 1, connection)) {
      for (List<Message> batch = scan.next(BATCH); !batch.isEmpty(); batch = scan.next(BATCH)) {
        batch.stream()
            .flatMap(letter -> position(letter).stream())
            .filter(position -> position.epoch().equals(epoch))
            .forEach(position -> parked.add(position.sequence()));
      }
    }
    return parked;
  }

  void delete(long sequence) throws IOException, JetStreamApiException {
    management().deleteMessage(MeowStream.NAME, sequence);
  }

  private JetStreamManagement management() throws IOException {
    return connection.jetStreamManagement();
  }

  private static Optional<Position> position(Message letter) {
    return Optional.ofNullable(letter.getHeaders())
        .map(headers -> headers.getFirst(DeadLetterStream.POSITION))
        .flatMap(Position::parse);
  }
}
