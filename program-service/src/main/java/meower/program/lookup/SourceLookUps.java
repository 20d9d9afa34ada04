package meower.program.lookup;

import io.nats.client.ConsumerContext;
import io.nats.client.FetchConsumeOptions;
import io.nats.client.FetchConsumer;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.PurgeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import meower.nats.NatsLink;
import meower.program.outbound.CallFailedException;
import meower.program.outbound.OutboundAnswer;
import meower.program.outbound.OutboundCalls;
import meower.program.presence.Seen;
import meower.program.presence.SeenWriter;
import meower.program.sighting.Backlogs;
import meower.program.sighting.ObjectId;
import meower.program.source.PresenceSource;
import meower.program.source.Sources;
import meower.schema.SightingStream;
import meower.stream.ErasedDeliveries;
import meower.stream.Fetches;
import meower.work.BackgroundLoop;
import meower.work.Backoff;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up the objects of one program: takes as many sightings as it may have in flight, and
 * settles each when what came of it is on disk.
 *
 * <p>The consumer, which all instances share, bounds what is in flight; but a sighting that is
 * replaced during its look-up does not count any more there. So each instance counts for itself,
 * too.
 */
final class SourceLookUps {

  private static final Logger log = LoggerFactory.getLogger(SourceLookUps.class);
  private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration ACK_WAIT = Duration.ofSeconds(15);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final int ROUNDS_UNTIL_IN_PROGRESS = 5;
  private static final Duration LONGEST_COMMIT = Duration.ofMinutes(10);
  private static final int MOST_AT_ONCE = 256;
  private static final int MOST_BYTES = 64 * 1024;
  private static final int FAILING_AFTER = 3;

  /** What all of them work with. */
  record Tools(
      NatsLink link,
      OutboundCalls calls,
      SeenWriter writer,
      Sources sources,
      Backlogs backlogs,
      ParkedSightings parked,
      LookUpMetrics metrics,
      Clock clock) {}

  /** A look-up that is under way. */
  private record Running(Message sighting, Thread thread) {}

  private final Tools tools;
  private final InFlight inFlight;
  private final ErasedDeliveries erased;
  private final Set<Running> running = ConcurrentHashMap.newKeySet();
  private final BackgroundLoop taking;
  private final BackgroundLoop keeping;
  private volatile PresenceSource source;
  private final AtomicInteger failures = new AtomicInteger();
  private volatile @Nullable String error;
  private final AtomicBoolean isNews = new AtomicBoolean();
  private volatile @Nullable ConsumerContext consumer;
  private int consumerLimit;
  private int rounds;

  SourceLookUps(PresenceSource source, Tools tools) {
    this.source = source;
    this.tools = tools;
    this.inFlight = new InFlight(source.definition().maxInFlight());
    this.erased =
        new ErasedDeliveries(
            tools.link(), SightingStream.NAME, SightingStream.consumer(source.program()));
    String name = "look-ups-" + source.program();
    this.taking = new BackgroundLoop(name, Backoff.DEFAULT, this::take);
    this.keeping = new BackgroundLoop(name + "-upkeep", Backoff.DEFAULT, this::keep);
  }

  void start() {
    taking.start();
    keeping.start();
  }

  /** What is under way is given back, so that another instance has it at once. */
  void stop(Duration timeout) {
    taking.stop(timeout);
    keeping.stop(timeout);
    running.forEach(one -> {
      one.thread().interrupt();
      settle(one.sighting()::nak);
    });
  }

  /** There is no such source any more: nobody is going to look up what is left of it. */
  void forget() throws Exception {
    JetStreamManagement management = tools.link().connection().jetStreamManagement();
    management.purgeStream(
        SightingStream.NAME,
        PurgeOptions.builder().subject(SightingStream.subject(source.program(), "*")).build());
    try {
      management.deleteConsumer(SightingStream.NAME, SightingStream.consumer(source.program()));
    } catch (JetStreamApiException e) {
      log.debug("program={} consumer=gone", source.program(), e); // by another instance
    }
  }

  /** The same source, perhaps with another definition. */
  void redefine(PresenceSource other) {
    if (other.definition().maxInFlight() != source.definition().maxInFlight()) {
      inFlight.resize(other.definition().maxInFlight());
    }
    source = other;
  }

  private void take() throws Exception {
    try {
      ConsumerContext from = consumer();
      erased.acknowledgeOnceConnected();
      take(from);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      consumer = null;
      throw e;
    }
  }

  private void take(ConsumerContext from) throws Exception {
    if (!inFlight.tryAcquire(FETCH_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
      return;
    }
    int free = 1 + inFlight.takeFree(MOST_AT_ONCE - 1);
    FetchConsumer request = from.fetch(options(free));
    try {
      for (Message m = Fetches.next(request); m != null; m = Fetches.next(request)) {
        free--;
        begin(m);
      }
    } finally {
      inFlight.release(free);
      request.close();
    }
  }

  private static FetchConsumeOptions options(int most) {
    return FetchConsumeOptions.builder()
        .maxMessages(most)
        .noWaitExpiresIn(FETCH_TIMEOUT.toMillis())
        .build();
  }

  private ConsumerContext consumer() throws Exception {
    ConsumerContext known = consumer;
    int limit = source.definition().maxInFlight();
    if (known == null || consumerLimit != limit) {
      known =
          tools
              .link()
              .connection()
              .getStreamContext(SightingStream.NAME)
              .createOrUpdateConsumer(
                  ConsumerConfiguration.builder()
                      .durable(SightingStream.consumer(source.program()))
                      .filterSubject(SightingStream.subject(source.program(), "*"))
                      .deliverPolicy(DeliverPolicy.All)
                      .ackPolicy(AckPolicy.Explicit)
                      .ackWait(ACK_WAIT)
                      .maxAckPending(limit)
                      .build());
      consumer = known;
      consumerLimit = limit;
    }
    return known;
  }

  private void begin(Message sighting) {
    Thread.ofVirtual().name("look-up").start(() -> run(sighting));
  }

  private void run(Message sighting) {
    Running one = new Running(sighting, Thread.currentThread());
    running.add(one);
    tools.metrics().begun();
    try {
      lookUp(sighting);
    } finally {
      tools.metrics().ended();
      running.remove(one);
      inFlight.release();
    }
  }

  private void lookUp(Message sighting) {
    ObjectId id = ObjectId.ofSubject(sighting.getSubject());
    PresenceSource at = source;
    long begin = System.nanoTime();
    try {
      OutboundAnswer answer =
          tools.calls().get(at.statusUrl(id.value()), at.definition().timeout(), MOST_BYTES);
      tools.metrics().answered(answer.receivedAt() - begin);
      Optional<StatusAnswer> status = StatusAnswer.of(answer);
      if (status.isEmpty()) {
        failed(sighting, id, "answered " + answer.status() + ", not " + StatusAnswer.FORM);
        return;
      }
      failures.set(0);
      isNews.set(true);
      if (status.get() == StatusAnswer.ONLINE) {
        store(new Seen(at.program(), id.value(), answer.receivedAt()));
      }
      settle(sighting::ack);
    } catch (CallFailedException e) {
      failed(sighting, id, String.valueOf(e.getMessage()));
    } catch (ExecutionException | TimeoutException e) {
      log.warn("program={} look-up=not-stored reason=\"{}\"", at.program(), e.toString());
      settle(() -> sighting.nakWithDelay(LookUpRetry.delay(1, ThreadLocalRandom.current())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      settle(sighting::nak);
    }
  }

  private void store(Seen seen) throws InterruptedException, ExecutionException, TimeoutException {
    tools.writer().add(seen).get(LONGEST_COMMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void failed(Message sighting, ObjectId id, String reason) {
    if (Thread.currentThread().isInterrupted()) {
      settle(sighting::nak);
      return;
    }
    tools.metrics().failed();
    failures.incrementAndGet();
    error = reason;
    isNews.set(true);
    long tries = sighting.metaData().deliveredCount();
    boolean isOver =
        LookUpRetry.isOver(
            tries, sighting.metaData().timestamp().toInstant(), tools.clock().instant());
    if (!isOver || !giveUp(sighting, id, reason)) {
      settle(() -> sighting.nakWithDelay(LookUpRetry.delay(tries, ThreadLocalRandom.current())));
    }
  }

  private boolean giveUp(Message sighting, ObjectId id, String reason) {
    boolean parked;
    try {
      parked = tools.parked().park(source.program(), sighting, id, reason);
    } catch (Exception e) {
      log.warn("program={} sighting=not-parked reason=\"{}\"", source.program(), e.toString());
      return false;
    }
    settle(sighting::term);
    if (parked) {
      tools.metrics().parked();
    } else {
      tools.metrics().dropped();
    }
    return true;
  }

  /** What could not be settled comes again, and is looked up once more. */
  private void settle(Runnable deed) {
    try {
      deed.run();
    } catch (IllegalStateException e) {
      log.debug("program={} sighting=unsettled", source.program(), e);
    }
  }

  /** Says that work goes on, how much waits, and whether the status API answers. */
  private void keep() throws Exception {
    if (rounds++ % ROUNDS_UNTIL_IN_PROGRESS == 0) {
      running.forEach(one -> settle(one.sighting()::inProgress));
      ConsumerContext known = consumer;
      if (known != null && tools.link().isConnected()) {
        tools.backlogs().set(source.program(), known.getConsumerInfo().getNumPending());
      }
    }
    tell();
    Thread.sleep(INTERVAL);
  }

  /** Who has heard nothing has nothing to say: another instance may have. */
  private void tell() {
    if (isNews.getAndSet(false)) {
      boolean isFailing = failures.get() >= FAILING_AFTER;
      try {
        if (isFailing || failures.get() == 0) {
          tools.sources().say(source.program(), isFailing ? error : null);
        }
      } catch (RuntimeException e) {
        isNews.set(true);
        throw e;
      }
    }
  }
}
