package meower.command.room;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Duration;
import meower.stream.Streams;
import meower.web.ProblemException;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Knows whether there is room for more events: in the stream, and in the outbox before it. What has
 * no room would be answered with success and seen by nobody, so it is refused before.
 *
 * <p>Looks every two seconds. What cannot be asked now is as it was.
 */
@Component
public class Room implements BackgroundWork {

  private static final Logger log = LoggerFactory.getLogger(Room.class);
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(2);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(60);

  private final Streams streams;
  private final JdbcClient jdbc;
  private final RoomProperties properties;
  private final BackgroundLoop loop = new BackgroundLoop("room", Backoff.DEFAULT, this::step);
  private volatile double stream;
  private volatile double outbox;
  private volatile boolean full;

  Room(Streams streams, JdbcClient jdbc, RoomProperties properties, MeterRegistry metrics) {
    this.streams = streams;
    this.jdbc = jdbc;
    this.properties = properties;
    Gauge.builder("meower.room.stream", this, room -> room.stream)
        .description("How full the stream is; from 1 on nothing is taken any more")
        .register(metrics);
    Gauge.builder("meower.room.outbox", this, room -> room.outbox)
        .description("How full the outbox is; from 1 on nothing is taken any more")
        .register(metrics);
  }

  @Override
  public BackgroundLoop loop() {
    return loop;
  }

  /**
   * Lets pass what makes something new.
   *
   * @throws ProblemException 503 if there is no room for it
   */
  public void require() {
    if (full) {
      throw ProblemException.unavailable(
          "Meower is full: nothing new is stored until its operator has made room."
              + " Keep your text, and try again later.",
          null,
          RETRY_AFTER);
    }
  }

  private void step() throws InterruptedException {
    look();
    boolean now = stream >= 1 || outbox >= 1;
    if (now != full) {
      full = now;
      log.warn(
          "room state={} stream={} outbox={} setting=meower.room",
          now ? "full" : "free",
          percent(stream),
          percent(outbox));
    }
    Thread.sleep(POLL_INTERVAL);
  }

  private void look() {
    try {
      stream =
          streams
              .findMeows()
              .map(info -> info.getStreamState().getByteCount())
              .map(bytes -> (double) bytes / properties.streamBytes().toBytes())
              .orElse(0.0);
    } catch (IOException | JetStreamApiException e) {
      log.debug("room stream=unknown", e);
    }
    try {
      outbox = (double) waiting() / properties.outboxMessages();
    } catch (DataAccessException e) {
      log.debug("room outbox=unknown", e);
    }
  }

  /** From the first to the last, without counting what is between. */
  private long waiting() {
    return jdbc.sql("select coalesce(max(seq) - min(seq) + 1, 0) from outbox")
        .query(Long.class)
        .single();
  }

  private static String percent(double share) {
    return Math.round(share * 100) + "%";
  }
}
