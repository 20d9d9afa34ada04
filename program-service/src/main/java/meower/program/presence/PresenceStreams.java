package meower.program.presence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import meower.program.change.ChangeNews;
import meower.program.change.ChangeProperties;
import meower.program.change.ChangeStore;
import meower.program.request.Postgres;
import meower.web.ProblemException;
import meower.web.events.EventOutput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * All streams of this instance. Those of one program share a {@link Watch}.
 *
 * <p>Stops first of all, while the web server still runs, so that each stream comes to its end.
 */
@Component
final class PresenceStreams implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(PresenceStreams.class);

  /**
   * For a moment the proxy still lets a program in that was removed: what begins within this time
   * ends with it.
   */
  private static final Duration DOUBT = Duration.ofSeconds(6);

  /** The part of a lifetime that is random. */
  private static final int SPREAD = 4;

  private final ChangeStore store;
  private final PresenceLists lists;
  private final ChangeProperties properties;
  private final JsonMapper json;
  private final Counter refused;
  private final Counter stalled;
  private final Set<PresenceStream> streams = new HashSet<>();
  private final Map<String, Watch> watches = new HashMap<>();
  private final Map<String, Long> doubtedUntil = new HashMap<>();
  private boolean stopping;
  private volatile boolean running;

  PresenceStreams(
      ChangeStore store,
      PresenceLists lists,
      ChangeProperties properties,
      ChangeNews news,
      JsonMapper json,
      MeterRegistry metrics) {
    this.store = store;
    this.lists = lists;
    this.properties = properties;
    this.json = json;
    this.refused =
        Counter.builder("meower.presence.streams.refused")
            .description("Readers that were told to come back later")
            .register(metrics);
    this.stalled =
        Counter.builder("meower.presence.streams.stalled")
            .description("Readers that were dropped because they took nothing")
            .register(metrics);
    Gauge.builder("meower.presence.streams", this, PresenceStreams::count)
        .description("Readers of who comes and who leaves")
        .register(metrics);
    news.listen(this::ring);
  }

  /**
   * Serves a reader until one of the two has enough.
   *
   * @param last the version up to which the reader has everything; negative if it has nothing
   */
  void serve(String caller, String program, long last, EventOutput out)
      throws IOException, InterruptedException {
    Optional<PresenceStream> joined = join(caller, program, out);
    if (joined.isEmpty()) {
      refused.increment();
      out.busy();
      return;
    }
    try {
      joined.get().run(last);
    } catch (ProblemException | DataAccessException | TransactionException e) {
      // The reader comes back, and then hears why not.
      if (e instanceof ProblemException || Postgres.isAway(e)) {
        log.debug("presence={} stream=ended", program, e);
      } else {
        log.warn("presence={} stream=failed reason=\"{}\"", program, e.toString());
      }
    } catch (IOException e) {
      if (isStall(e)) {
        stalled.increment();
      }
      throw e;
    } finally {
      leave(joined.get());
    }
  }

  private synchronized Optional<PresenceStream> join(
      String caller, String program, EventOutput out) {
    if (stopping
        || streams.size() >= properties.maxStreams()
        || streams.stream().filter(stream -> stream.caller().equals(caller)).count()
            >= properties.maxStreamsPerProgram()) {
      return Optional.empty();
    }
    Watch watch =
        watches.computeIfAbsent(
            program,
            name -> {
              Watch begun = new Watch(name, store, lists, json);
              begun.start();
              return begun;
            });
    PresenceStream stream = new PresenceStream(caller, program, watch, out, lifetime(caller));
    streams.add(stream);
    return Optional.of(stream);
  }

  private Duration lifetime(String caller) {
    Long doubted = doubtedUntil.get(caller);
    if (doubted != null && doubted - System.nanoTime() > 0) {
      return Duration.ofNanos(doubted - System.nanoTime());
    }
    long most = properties.lifetime().toMillis();
    return Duration.ofMillis(most - ThreadLocalRandom.current().nextLong(most / SPREAD + 1));
  }

  private synchronized void leave(PresenceStream stream) {
    streams.remove(stream);
    String program = stream.program();
    if (streams.stream().noneMatch(other -> other.program().equals(program))) {
      Watch watch = watches.remove(program);
      if (watch != null) {
        watch.stop();
      }
    }
  }

  private synchronized void ring(String program) {
    Watch watch = watches.get(program);
    if (watch != null) {
      watch.ring();
    }
  }

  /** A program was removed, or has another secret: whoever reads says anew who it is. */
  void changed(String program) {
    List<PresenceStream> concerned;
    synchronized (this) {
      long now = System.nanoTime();
      doubtedUntil.values().removeIf(until -> until - now <= 0);
      doubtedUntil.put(program, now + DOUBT.toNanos());
      concerned = streams.stream().filter(stream -> stream.concerns(program)).toList();
    }
    concerned.forEach(PresenceStream::end);
  }

  private synchronized int count() {
    return streams.size();
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    List<PresenceStream> open;
    synchronized (this) {
      stopping = true;
      open = List.copyOf(streams);
    }
    open.forEach(PresenceStream::end);
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private static boolean isStall(Throwable e) {
    Throwable cause = e.getCause();
    return e instanceof SocketTimeoutException || (cause != null && isStall(cause));
  }
}
