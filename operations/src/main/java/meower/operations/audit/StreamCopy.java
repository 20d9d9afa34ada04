package meower.operations.audit;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import meower.nats.StreamScan;
import meower.schema.MalformedEventException;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEventJson;
import org.jspecify.annotations.Nullable;

/** The meows of the stream, read once from its beginning. */
final class StreamCopy implements Copy, AutoCloseable {

  private static final int BATCH = 5_000;

  private final StreamScan scan;
  private final Queue<Message> read = new ArrayDeque<>();

  StreamCopy(Connection connection) throws IOException, JetStreamApiException {
    scan = StreamScan.from(1, connection);
  }

  @Override
  public List<Found> next(Range range) throws IOException {
    List<Found> found = new ArrayList<>();
    for (Message message = peek(); message != null && isIn(message, range); message = peek()) {
      found.add(found(read.remove()));
    }
    return found;
  }

  @Override
  public void close() throws IOException, JetStreamApiException {
    scan.close();
  }

  private @Nullable Message peek() throws IOException {
    if (read.isEmpty()) {
      read.addAll(scan.next(BATCH));
    }
    return read.peek();
  }

  private static boolean isIn(Message message, Range range) {
    return range.contains(message.metaData().streamSequence());
  }

  private static Found found(Message message) {
    long sequence = message.metaData().streamSequence();
    String handle = Long.toString(sequence);
    try {
      return switch (MeowEventJson.decode(message.getSubject(), message.getData())) {
        case MeowCreated created -> new Found(Entry.of(sequence, created), handle, true);
        case MeowEdited _, MeowDeleted _ ->
            throw new IllegalStateException("nobody publishes edits and deletions yet");
      };
    } catch (MalformedEventException e) {
      String text = new String(message.getData(), StandardCharsets.UTF_8);
      return new Found(new Entry(sequence, "?", Instant.EPOCH, text), handle, false);
    }
  }
}
