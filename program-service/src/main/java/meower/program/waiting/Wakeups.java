package meower.program.waiting;

import io.nats.client.Connection;
import io.nats.client.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import meower.nats.NatsLink;
import meower.nats.NatsUnavailableException;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells that there is something in a queue: fetches that wait here at once, those in other
 * instances over NATS.
 *
 * <p>Nobody stores that, and nobody relies on it: who waits is also woken by a look every second.
 */
@Component
public final class Wakeups implements BackgroundWork {

  private static final Logger log = LoggerFactory.getLogger(Wakeups.class);

  /** Instance, queue and number of messages, with spaces between them. */
  private static final String SUBJECT = "queue.wakeup";

  private static final int FIELDS = 3;
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

  private final WaitingRooms rooms;
  private final NatsLink link;
  private final String instance = UUID.randomUUID().toString();
  private final BackgroundLoop loop =
      new BackgroundLoop("queue-wakeups", Backoff.DEFAULT, this::listen);
  private @Nullable Connection heard;

  Wakeups(WaitingRooms rooms, NatsLink link) {
    this.rooms = rooms;
    this.link = link;
  }

  @Override
  public BackgroundLoop loop() {
    return loop;
  }

  /** Says that messages can be fetched now. */
  public void ready(long queue, int messages) {
    rooms.ring(queue, messages);
    try {
      link.connection()
          .publish(
              SUBJECT,
              "%s %d %d".formatted(instance, queue, messages).getBytes(StandardCharsets.UTF_8));
    } catch (NatsUnavailableException | IllegalStateException e) {
      log.debug("queue={} wakeup=untold", queue, e);
    }
  }

  /** A connection that was given up is replaced by another one, which has to be listened to. */
  private void listen() throws Exception {
    Connection connection = link.connection();
    if (!connection.equals(heard)) {
      connection.createDispatcher(this::on).subscribe(SUBJECT);
      heard = connection;
    }
    Thread.sleep(POLL_INTERVAL);
  }

  private void on(Message message) {
    String[] fields = new String(message.getData(), StandardCharsets.UTF_8).split(" ", -1);
    try {
      if (fields.length >= FIELDS && !fields[0].equals(instance)) {
        rooms.ring(Long.parseLong(fields[1]), Integer.parseInt(fields[2]));
      }
    } catch (NumberFormatException e) {
      log.debug("wakeup=unreadable", e);
    }
  }
}
