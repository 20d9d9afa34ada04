package meower.operations.audit;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import meower.nats.Lookup;
import meower.nats.NotFound;
import meower.schema.DeadLetterStream;
import meower.schema.MeowStream;
import meower.schema.Position;
import meower.stream.StreamScan;

/** What NATS knows: how the stream stands, and what was parked. */
record StreamView(Connection connection) {

  private static final int BATCH = 1_000;

  Optional<StreamInfo> find() throws IOException, JetStreamApiException {
    return Lookup.find(() -> management().getStreamInfo(MeowStream.NAME), NotFound.STREAM);
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

  private JetStreamManagement management() throws IOException {
    return connection.jetStreamManagement();
  }

  private static Optional<Position> position(Message letter) {
    return Optional.ofNullable(letter.getHeaders())
        .map(headers -> headers.getFirst(DeadLetterStream.POSITION))
        .flatMap(Position::parse);
  }
}
