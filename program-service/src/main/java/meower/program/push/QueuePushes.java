package meower.program.push;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import meower.program.lease.DeliveryLeases;
import meower.program.lease.LeasedMessage;
import meower.program.queue.Queue;
import meower.program.receiver.Phase;
import meower.program.receiver.PushDefinition;
import meower.program.receiver.Receiver;
import meower.program.receiver.ReceiverState;
import meower.program.receiver.SigningSecret;
import meower.program.receiver.SigningSecrets;
import meower.web.ProblemException;
import meower.work.BackgroundLoop;
import meower.work.Backoff;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the messages of one queue to its receiver: as many at once as it may get, each on a thread
 * of its own. No other queue waits for any of this.
 *
 * <p>A message is fetched with a lease like everybody's, and settled like everybody's. So it does
 * not matter whether another instance does the same at this moment, or whether this one dies.
 */
final class QueuePushes {

  private static final Logger log = LoggerFactory.getLogger(QueuePushes.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
  private static final Duration HURRY = Duration.ofMillis(100);
  private static final Duration SHORTEST_LOOK = Duration.ofMillis(5);

  /** From the end of a call until what came of it is in the database. */
  private static final Duration SETTLING = Duration.ofSeconds(5);

  /** What all of them work with. */
  record Tools(
      DeliveryLeases leases,
      Webhooks webhooks,
      SigningSecrets secrets,
      ReceiverState.ProbePlan probes,
      RetryPlan plan,
      PushMetrics metrics,
      Clock clock) {}

  /** A call that may be made: what was known of the receiver when it began. */
  private record Permit(Receiver receiver) {}

  private final Tools tools;
  private final BackgroundLoop loop;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<Thread> calling = ConcurrentHashMap.newKeySet();
  private volatile Queue queue;
  private volatile boolean isStopping;
  private Receiver receiver;
  private Receiver written;
  private @Nullable List<SigningSecret> secrets;
  private int inFlight;

  QueuePushes(Queue queue, Receiver receiver, Tools tools) {
    this.queue = queue;
    this.receiver = receiver;
    this.written = receiver;
    this.tools = tools;
    this.loop = new BackgroundLoop("push-" + queue.name(), Backoff.DEFAULT, this::step);
  }

  void start() {
    loop.start();
  }

  /** Takes nothing more; calls that are under way may end by themselves. */
  void halt() {
    isStopping = true;
    loop.stop(Duration.ZERO);
  }

  /** Waits for calls that are under way, and then gives back what they were about. */
  void stop(Duration timeout) {
    halt();
    if (!isIdle(timeout)) {
      calling.forEach(Thread::interrupt);
      isIdle(POLL_INTERVAL);
    }
  }

  private boolean isIdle(Duration timeout) {
    lock.lock();
    try {
      long left = timeout.toNanos();
      while (inFlight > 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
      return inFlight == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** The same queue as it is in the database now; what somebody else has changed there counts. */
  void redefine(Queue known, Receiver found) {
    queue = known;
    lock.lock();
    try {
      if (found.revision() != receiver.revision()) {
        receiver = found;
        written = found;
        secrets = null;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns how the receiver is doing, if nobody has written that down yet. */
  Optional<Receiver> unwritten() {
    lock.lock();
    try {
      return receiver.equals(written) ? Optional.empty() : Optional.of(receiver);
    } finally {
      lock.unlock();
    }
  }

  /** This is in the database now. */
  void wrote(Receiver known) {
    lock.lock();
    try {
      if (known.revision() == receiver.revision()) {
        written = known;
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isPaused() {
    lock.lock();
    try {
      return receiver.state().phase() == Phase.PAUSED;
    } finally {
      lock.unlock();
    }
  }

  private void step() throws InterruptedException {
    @Nullable PushDefinition push = queue.definition().push();
    int free = push == null ? 0 : awaitTurn(push);
    if (push == null || free == 0) {
      Thread.sleep(SHORTEST_LOOK);
      return;
    }
    Webhooks.Target target = new Webhooks.Target(queue.name(), push, secrets());
    if (isUnverified()) {
      challenge(target);
    } else {
      send(target, free);
    }
  }

  /** Returns how many calls may begin; 0 if none may for a while. */
  private int awaitTurn(PushDefinition push) throws InterruptedException {
    lock.lock();
    try {
      long left = POLL_INTERVAL.toNanos();
      int free = free(push);
      while (free == 0 && left > 0) {
        long pause = Math.min(left, untilDue().toNanos());
        left -= pause - changed.awaitNanos(pause);
        free = free(push);
      }
      return free;
    } finally {
      lock.unlock();
    }
  }

  private Duration untilDue() {
    Duration until = Duration.between(tools.clock().instant(), receiver.state().nextTryAt());
    return until.isPositive() && until.compareTo(POLL_INTERVAL) < 0
        ? until.plus(SHORTEST_LOOK)
        : POLL_INTERVAL;
  }

  private int free(PushDefinition push) {
    ReceiverState state = receiver.state();
    return isStopping || !push.url().equals(receiver.url()) || !state.isDue(tools.clock().instant())
        ? 0
        : Math.max(0, Math.min(state.inFlight(), push.maxInFlight()) - inFlight);
  }

  private boolean isUnverified() {
    lock.lock();
    try {
      return receiver.state().phase() == Phase.UNVERIFIED;
    } finally {
      lock.unlock();
    }
  }

  private List<SigningSecret> secrets() {
    lock.lock();
    try {
      if (secrets == null) {
        secrets = tools.secrets().of(receiver.queue(), queue.name());
      }
      return secrets;
    } finally {
      lock.unlock();
    }
  }

  private void challenge(Webhooks.Target target) {
    Optional<Permit> permit = admit(target.push());
    if (permit.isPresent()) {
      try {
        Outcome outcome = tools.webhooks().challenge(target);
        if (!isStopping) {
          conclude(permit.get(), outcome, target.push());
        }
      } finally {
        leave();
      }
    }
  }

  private void send(Webhooks.Target target, int most) throws InterruptedException {
    Queue from = queue;
    long begin = System.nanoTime();
    List<LeasedMessage> messages =
        tools.leases().take(from, most, TIMEOUT, target.push().timeout().plus(SETTLING));
    if (messages.isEmpty() && System.nanoTime() - begin < TIMEOUT.toNanos() / 2) {
      Thread.sleep(HURRY); // nobody waits any more in a service that stops
    }
    for (LeasedMessage message : messages) {
      // While it was waited for the receiver may have gone down, or be another one.
      Optional<Permit> permit = admit(target.push());
      if (permit.isPresent()) {
        Thread.ofVirtual().name("push").start(() -> deliver(permit.get(), target, from, message));
      } else {
        tools.leases().giveBack(from, message);
      }
    }
  }

  private Optional<Permit> admit(PushDefinition push) {
    lock.lock();
    try {
      if (free(push) == 0) {
        return Optional.empty();
      }
      inFlight++;
      return Optional.of(new Permit(receiver));
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      inFlight--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void deliver(Permit permit, Webhooks.Target target, Queue from, LeasedMessage message) {
    calling.add(Thread.currentThread());
    try {
      Outcome outcome = tools.webhooks().deliver(target, message);
      calling.remove(Thread.currentThread());
      if (Thread.interrupted() && !(outcome instanceof Outcome.Accepted)) {
        tools.leases().giveBack(from, message); // it was us who gave up
      } else {
        tools.metrics().delivered(outcome);
        conclude(permit, outcome, target.push());
        settle(from, message, outcome);
      }
    } catch (ProblemException e) {
      // Postgres is away: the lease ends, and the receiver gets it again under the same id.
      log.debug("queue={} message={} state=unsettled", from.name(), message.id(), e);
    } finally {
      calling.remove(Thread.currentThread());
      leave();
    }
  }

  private void settle(Queue from, LeasedMessage message, Outcome outcome) {
    switch (outcome) {
      case Outcome.Accepted _ -> tools.leases().acknowledge(from, message);
      case Outcome.Gone(), Outcome.Down _ -> tools.leases().giveBack(from, message);
      case Outcome.Refused(_, String reason) -> {
        if (message.delivery() >= from.definition().maxDeliveries()) {
          tools.leases().refuse(from, message, reason);
        } else {
          Duration delay = tools.plan().delay(message.delivery(), ThreadLocalRandom.current());
          tools.leases().requeue(from, message, delay);
        }
      }
    }
  }

  /**
   * Draws the conclusions. What was refused by who is another one by now says nothing, and several
   * calls that failed together are one failure.
   */
  private void conclude(Permit permit, Outcome outcome, PushDefinition push) {
    lock.lock();
    try {
      Receiver known = permit.receiver();
      ReceiverState before = receiver.state();
      boolean isLate =
          known.revision() != receiver.revision()
              || (known.state().failures() != before.failures()
                  && !(outcome instanceof Outcome.Accepted));
      if (!isLate && before.phase() != Phase.PAUSED) {
        ReceiverState after = after(before, outcome, push);
        receiver = receiver.in(after);
        tell(before, after);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private ReceiverState after(ReceiverState before, Outcome outcome, PushDefinition push) {
    Instant now = tools.clock().instant();
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return switch (outcome) {
      case Outcome.Accepted(int status) -> before.accepted(status, push.maxInFlight(), now);
      case Outcome.Refused(int status, String reason) ->
          before.refused(status, reason, tools.probes(), now, random);
      case Outcome.Gone() -> before.gone(now);
      case Outcome.Down(Integer status, String reason, Optional<Duration> retryAfter) ->
          before.down(status, reason, retryAfter, tools.probes(), now, random);
    };
  }

  private void tell(ReceiverState before, ReceiverState after) {
    if (before.phase() != after.phase()) {
      log.info(
          "queue={} receiver={} reason=\"{}\"",
          queue.name(),
          after.phase().label(),
          after.lastError() == null ? "" : after.lastError());
    }
  }
}
