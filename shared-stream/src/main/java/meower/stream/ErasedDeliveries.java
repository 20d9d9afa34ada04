package meower.stream;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.Message;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.RetentionPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import meower.nats.Lookup;
import meower.nats.NatsLink;
import meower.nats.NotFound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages that were erased out of what a durable consumer wants to deliver again.
 *
 * <p>A NATS server writes the state of a consumer a moment after it has changed. One that is killed
 * in that moment comes back with deliveries for which nobody has to acknowledge anything, as their
 * messages were erased in between. Servers up to 2.9 then look for each of them again and again,
 * find nothing, and deliver nothing else meanwhile. Acknowledging them ends that.
 *
 * <p>So it is done once after each connection. What is erased while a server runs, it takes out
 * itself. Belongs to one thread.
 */
public final class ErasedDeliveries {

  private static final Logger log = LoggerFactory.getLogger(ErasedDeliveries.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final int AT_ONCE = 500;

  private final NatsLink link;
  private final String stream;
  private final String consumer;

  /** After which connection it was done, counted by the link; none yet. */
  private long doneAfter = -1;

  /**
   * @param stream the name of a stream from which messages are erased
   * @param consumer the name of a durable consumer of it that acknowledges each message
   */
  public ErasedDeliveries(NatsLink link, String stream, String consumer) {
    this.link = link;
    this.stream = stream;
    this.consumer = consumer;
  }

  /**
   * Acknowledges what was erased of all that is delivered and not acknowledged, if the connection
   * is another one than the last time. Reads what is there in between.
   *
   * @throws IOException if the server does not answer, or there is no connection
   * @throws JetStreamApiException if the server refuses
   */
  public void acknowledgeOnceConnected() throws IOException, JetStreamApiException {
    long connections = link.connections();
    if (connections == doneAfter) {
      return;
    }
    acknowledge(link.connection());
    doneAfter = connections;
  }

  private void acknowledge(Connection connection) throws IOException, JetStreamApiException {
    JetStreamManagement management =
        connection.jetStreamManagement(JetStreamOptions.builder().requestTimeout(TIMEOUT).build());
    ConsumerInfo info = management.getConsumerInfo(stream, consumer);
    if (info.getNumAckPending() == 0) {
      return;
    }
    long first = info.getAckFloor().getStreamSequence() + 1;
    long last = info.getDelivered().getStreamSequence();
    if (isWorkQueue(management)) {
      acknowledge(connection, first, last, from -> firstHeld(management, from));
    } else {
      try (StreamScan scan = StreamScan.of(stream, first, connection)) {
        acknowledge(connection, first, last, new Scanned(scan));
      }
    }
    log.debug("stream={} consumer={} erased-deliveries=acknowledged", stream, consumer);
  }

  private void acknowledge(Connection connection, long first, long last, Held held)
      throws IOException, JetStreamApiException {
    long sequence = first;
    while (sequence <= last) {
      long end = Math.min(held.firstFrom(sequence), last + 1);
      for (; sequence < end; sequence++) {
        connection.publish(acknowledgementOf(sequence), null);
      }
      sequence++;
    }
  }

  /** What the stream holds, asked in ascending order. */
  private interface Held {

    /** Returns the first sequence from this one on that is held; beyond all if there is none. */
    long firstFrom(long sequence) throws IOException, JetStreamApiException;
  }

  private static final class Scanned implements Held {
    private final StreamScan scan;
    private Iterator<Message> read = Collections.emptyIterator();

    Scanned(StreamScan scan) {
      this.scan = scan;
    }

    @Override
    public long firstFrom(long sequence) throws IOException {
      while (true) {
        if (!read.hasNext()) {
          read = scan.next(AT_ONCE).iterator();
        }
        if (!read.hasNext()) {
          return Long.MAX_VALUE;
        }
        long held = read.next().metaData().streamSequence();
        if (held >= sequence) {
          return held;
        }
      }
    }
  }

  /** One that is read only by those who work it off; so it holds little. */
  private boolean isWorkQueue(JetStreamManagement management)
      throws IOException, JetStreamApiException {
    return management.getStreamInfo(stream).getConfiguration().getRetentionPolicy()
        == RetentionPolicy.WorkQueue;
  }

  private long firstHeld(JetStreamManagement management, long from)
      throws IOException, JetStreamApiException {
    return Lookup.find(() -> management.getNextMessage(stream, from, ">"), NotFound.MESSAGE)
        .map(MessageInfo::getSeq)
        .orElse(Long.MAX_VALUE);
  }

  /**
   * The subject that a message would have had for replies: how often it was delivered, its place in
   * the stream, among the deliveries and in time, and how many are left. Only the place in the
   * stream tells which one it is.
   */
  private String acknowledgementOf(long sequence) {
    return "$JS.ACK.%s.%s.1.%d.1.0.0".formatted(stream, consumer, sequence);
  }
}
