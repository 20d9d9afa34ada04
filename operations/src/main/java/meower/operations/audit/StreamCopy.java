package meower.operations.audit;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.support.NatsJetStreamConstants;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;
import meower.schema.EarlierSequences;
import meower.schema.EventKey;
import meower.schema.MalformedEventException;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;
import meower.schema.MeowEventJson;
import meower.stream.StreamScan;
import org.jspecify.annotations.Nullable;

/** The events of the stream, read from its beginning, and a range of them again where one asks. */
final class StreamCopy implements Audit.Copy, AutoCloseable {

  private static final int BATCH = 5_000;

  /** What comes behind the key in the id of an event that was published again. */
  private static final String AGAIN = "-\\d+$";

  private final Connection connection;
  private final StreamScan scan;
  private final Queue<Message> read = new ArrayDeque<>();

  StreamCopy(Connection connection) throws IOException, JetStreamApiException {
    this(connection, 1);
  }

  private StreamCopy(Connection connection, long first) throws IOException, JetStreamApiException {
    this.connection = connection;
    this.scan = StreamScan.from(first, connection);
  }

  /** Ranges come in their order, each once. */
  @Override
  public boolean agrees(Range range, Checksum untouched, Expectation changed) throws IOException {
    Set<Long> places = changed.places();
    Map<Boolean, List<Found>> found =
        next(range).stream().collect(Collectors.partitioningBy(f -> places.contains(f.place())));
    return Checksum.of(found.getOrDefault(false, List.of())).equals(untouched)
        && changed.isMetBy(found.getOrDefault(true, List.of()));
  }

  @Override
  public List<Found> read(Range range) throws IOException, JetStreamApiException {
    try (StreamCopy again = new StreamCopy(connection, range.after() + 1)) {
      return again.next(range);
    }
  }

  /** Returns everything in a range behind those that were read before. */
  List<Found> next(Range range) throws IOException {
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
      MeowEvent event = MeowEventJson.decode(message.getSubject(), message.getData());
      return new Found(
          sequence,
          event.id().value(),
          key(message, event),
          entry(message, event, sequence),
          handle,
          0,
          text(event));
    } catch (MalformedEventException e) {
      String text = new String(message.getData(), StandardCharsets.UTF_8);
      return new Found(sequence, "?", null, null, handle, 0, text);
    }
  }

  private static @Nullable Entry entry(Message message, MeowEvent event, long sequence) {
    String header = header(message, EarlierSequences.HEADER);
    try {
      return Entry.message(
          event,
          sequence,
          header.isEmpty() ? EarlierSequences.NONE : EarlierSequences.parse(header));
    } catch (MalformedEventException e) {
      return null;
    }
  }

  /** A deletion may stand in the place of an earlier event of its meow, whose id it has then. */
  private static EventKey key(Message message, MeowEvent event) {
    return event instanceof MeowDeleted
        ? EventKey.parse(header(message, NatsJetStreamConstants.MSG_ID_HDR).replaceFirst(AGAIN, ""))
            .filter(key -> key.id().equals(event.id()))
            .orElse(event.key())
        : event.key();
  }

  private static String text(MeowEvent event) {
    return switch (event) {
      case MeowCreated created -> created.body();
      case MeowEdited edited -> edited.body();
      case MeowDeleted _ -> "";
    };
  }

  private static String header(Message message, String name) {
    String value = message.hasHeaders() ? message.getHeaders().getFirst(name) : null;
    return value == null ? "" : value;
  }
}
