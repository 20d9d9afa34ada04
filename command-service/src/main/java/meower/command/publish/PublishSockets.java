package meower.command.publish;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import meower.command.access.KnownPrograms;
import meower.command.access.ProgramListener;
import meower.command.post.Posting;
import meower.command.trail.Sender;
import meower.web.RateLimit;
import meower.web.socket.Heartbeat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;

/**
 * All sockets of this instance.
 *
 * <p>Stops first of all, while the web server and the commits still run, so that every frame that
 * was read is answered.
 */
@Component
class PublishSockets implements SmartLifecycle, ProgramListener {

  private static final Logger log = LoggerFactory.getLogger(PublishSockets.class);

  /** Longer than a post may take. */
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(6);

  /** For the goodbyes of those who were told to go. */
  private static final Duration GOODBYES = Duration.ofMillis(500);

  private static final double JITTER = 0.1;

  private final PublishProperties properties;
  private final Posting posting;
  private final KnownPrograms programs;
  private final Counter received;
  private final Counter refused;
  private final Map<String, PublishSocket> sockets = new ConcurrentHashMap<>();

  /** Kept for longer than a burst takes to come back: to connect again gives nobody another one. */
  private final Cache<String, RateLimit> rates =
      Caffeine.newBuilder().expireAfterAccess(Duration.ofMinutes(1)).build();

  private volatile boolean running;
  private volatile boolean stopping;

  PublishSockets(
      PublishProperties properties,
      Posting posting,
      KnownPrograms programs,
      MeterRegistry metrics) {
    this.properties = properties;
    this.posting = posting;
    this.programs = programs;
    this.received =
        Counter.builder("meower.publish.received")
            .description("Frames that came over sockets")
            .register(metrics);
    this.refused =
        Counter.builder("meower.publish.refused")
            .description("Frames after which nothing was stored, or nobody can say")
            .register(metrics);
    Gauge.builder("meower.publish.sockets", sockets, Map::size)
        .description("Sockets over which programs say meows")
        .register(metrics);
  }

  boolean isStopping() {
    return stopping;
  }

  /** Lets a program in, or tells it why not. */
  void join(WebSocketSession session, Sender sender) throws IOException {
    String program = Objects.requireNonNull(sender.program());
    PublishSocket socket =
        new PublishSocket(
            session,
            sender,
            posting,
            rates.get(
                program,
                _ -> new RateLimit(properties.rate(), properties.burst(), System::nanoTime)),
            refused,
            new Heartbeat(properties.pingInterval(), properties.pongTimeout(), System::nanoTime),
            lifetime(),
            properties.maxUnanswered());
    if (isFull(program)) {
      session.close(CloseReasons.FULL);
      return;
    }
    sockets.put(session.getId(), socket);
    socket.start();
    if (stopping) {
      socket.end(CloseReasons.GOING_AWAY);
    } else if (isRemoved(program)) {
      // Between its pass and this moment, so that nobody has told us.
      socket.end(CloseReasons.REMOVED);
    }
  }

  /** A frame came; waits when too many are unanswered. */
  void received(WebSocketSession session, String frame) throws InterruptedException {
    PublishSocket socket = sockets.get(session.getId());
    if (socket != null && socket.received(frame)) {
      received.increment();
    }
  }

  void ponged(WebSocketSession session) {
    PublishSocket socket = sockets.get(session.getId());
    if (socket != null) {
      socket.ponged();
    }
  }

  void broke(WebSocketSession session) {
    PublishSocket socket = sockets.get(session.getId());
    if (socket != null) {
      socket.end(CloseReasons.PROTOCOL_BROKEN);
    }
  }

  void leave(WebSocketSession session) {
    PublishSocket socket = sockets.remove(session.getId());
    if (socket != null) {
      socket.gone();
    }
  }

  /** Whoever has another secret now says who they are again; who is no more, goes. */
  @Override
  public void changed(String program) {
    CloseStatus status = programs.exists(program) ? CloseReasons.COME_BACK : CloseReasons.REMOVED;
    sockets.values().stream()
        .filter(socket -> socket.program().equals(program))
        .forEach(socket -> socket.end(status));
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    stopping = true;
    List<PublishSocket> connected = List.copyOf(sockets.values());
    connected.forEach(socket -> socket.end(CloseReasons.GOING_AWAY));
    long end = System.nanoTime() + LAST_ANSWERS.toNanos();
    try {
      for (PublishSocket socket : connected) {
        if (!socket.awaitEnd(Duration.ofNanos(end - System.nanoTime()).toMillis())) {
          log.warn("publish=unanswered program={}", socket.program());
        }
      }
      if (!connected.isEmpty()) {
        Thread.sleep(GOODBYES);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Nobody is removed while Postgres is away. */
  private boolean isRemoved(String program) {
    try {
      return !programs.exists(program);
    } catch (DataAccessException e) {
      log.debug("program={} state=unknown", program, e);
      return false;
    }
  }

  private boolean isFull(String program) {
    return sockets.size() >= properties.maxSockets()
        || count(program) >= properties.maxSocketsPerProgram();
  }

  private long count(String program) {
    return sockets.values().stream().filter(s -> s.program().equals(program)).count();
  }

  /** Not all who came together come back together. */
  private long lifetime() {
    double part = 1 - ThreadLocalRandom.current().nextDouble() * JITTER;
    return (long) (properties.lifetime().toNanos() * part);
  }
}
