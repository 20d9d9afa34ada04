package meower.e2e.chaos.program.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import meower.e2e.chaos.load.Answer;
import meower.e2e.chaos.load.Pause;
import meower.e2e.chaos.program.history.Delivery;
import meower.e2e.chaos.program.history.QueueHistory;
import meower.e2e.chaos.program.history.Settlement;
import meower.e2e.chaos.program.history.Settlement.Deed;
import meower.e2e.chaos.program.history.Settlement.Outcome;
import meower.e2e.chaos.program.load.ProgramClient.Call;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Works off a queue, and not always well: it dies with its leases, comes too late, settles twice,
 * puts back and rejects. What it does not know the answer of it repeats.
 */
final class Worker {

  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int GONE = 404;
  private static final int LOST = 409;
  private static final Set<Integer> SETTLED = Set.of(OK, NO_CONTENT, GONE, LOST);

  private static final int MOST = 5;
  private static final int MANY = 500;
  private static final int TRIES = 4;
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(2);
  private static final Duration LONGEST_LEASE = Duration.ofSeconds(4);

  /** So that a lease is over that was taken as late as possible. */
  private static final Duration LATE = Duration.ofMillis(100);

  private final ProgramClient client;
  private final QueueHistory history;
  private final String queue;
  private final Consumer<JsonNode> taken;

  /** From now on it does all of its work, at once and well. */
  private volatile boolean isTidy;

  /**
   * @param queue its path
   * @param taken is told of each message that comes
   */
  Worker(ProgramClient client, QueueHistory history, String queue, Consumer<JsonNode> taken) {
    this.client = client;
    this.history = history;
    this.queue = queue;
    this.taken = taken;
  }

  void tidyUp() {
    isTidy = true;
  }

  void run(BooleanSupplier goesOn) throws InterruptedException {
    while (goesOn.getAsBoolean()) {
      once();
    }
  }

  /** Fetches some, and does with them what is in its manner. */
  void once() throws InterruptedException {
    var deliveries = fetch();
    if (deliveries.isEmpty()) {
      Pause.about(Duration.ofMillis(50));
    } else if (isTidy || ThreadLocalRandom.current().nextInt(4) == 0) {
      acknowledgeTogether(deliveries);
    } else {
      work(deliveries);
    }
  }

  private List<Delivery> fetch() throws InterruptedException {
    var random = ThreadLocalRandom.current();
    long lease = random.nextLong(SHORTEST_LEASE.toMillis(), LONGEST_LEASE.toMillis());
    String path =
        "%s/fetch?max=%d&wait=1s&lease=%dms"
            .formatted(queue, isTidy ? MANY : random.nextInt(1, MOST + 1), lease);
    boolean repeats = random.nextBoolean();
    var call = Call.post(path).withKey(repeats ? UUID.randomUUID().toString() : null);
    long askedAt = System.nanoTime();
    var answer = client.call(call, Set.of(OK));
    for (int tries = 1; repeats && answer.isEmpty() && tries < TRIES; tries++) {
      Pause.backoff(tries);
      answer = client.call(call, Set.of(OK));
    }
    return answer.map(messages -> take(messages, askedAt, lease)).orElse(List.of());
  }

  private List<Delivery> take(Answer answer, long askedAt, long lease) {
    long gotAt = System.nanoTime();
    var deliveries = new ArrayList<Delivery>();
    for (var message : answer.json().get("messages")) {
      var body = message.get("body");
      var delivery =
          new Delivery(
              message.get("id").stringValue(),
              body.isString() ? body.stringValue() : body.toString(),
              message.get("delivery").intValue(),
              message.get("lease").stringValue(),
              askedAt,
              gotAt,
              Duration.ofMillis(lease).toNanos());
      history.delivered(delivery);
      taken.accept(message);
      deliveries.add(delivery);
    }
    return deliveries;
  }

  private void work(List<Delivery> deliveries) throws InterruptedException {
    for (var delivery : deliveries) {
      int chance = ThreadLocalRandom.current().nextInt(100);
      if (chance < 3) {
        return; // it dies, with what else it has
      } else if (chance < 6) {
        comeTooLate(delivery);
      } else if (chance < 14) {
        settle(delivery, Deed.REQUEUE);
      } else if (chance < 16) {
        settle(delivery, Deed.REJECT);
      } else if (chance < 24) {
        settle(delivery, Deed.EXTEND);
        settle(delivery, Deed.ACKNOWLEDGE);
      } else if (chance < 30) {
        settle(delivery, Deed.ACKNOWLEDGE);
        settle(delivery, Deed.ACKNOWLEDGE);
      } else {
        settle(delivery, Deed.ACKNOWLEDGE);
      }
    }
  }

  /** Nobody else is waited for meanwhile: what it has besides comes too late as well. */
  private void comeTooLate(Delivery delivery) throws InterruptedException {
    long over = delivery.gotAt() + delivery.nanos() + LATE.toNanos();
    Thread.sleep(Duration.ofNanos(Math.max(0, over - System.nanoTime())));
    settle(delivery, Deed.ACKNOWLEDGE);
  }

  /** Repeats it until it is answered, or until it has waited for long enough. */
  private void settle(Delivery delivery, Deed deed) throws InterruptedException {
    for (int tries = 0; tries < TRIES; tries++) {
      if (attempt(delivery, deed) != Outcome.UNKNOWN) {
        return;
      }
      Pause.backoff(tries);
    }
  }

  private Outcome attempt(Delivery delivery, Deed deed) throws InterruptedException {
    long lease = deed == Deed.EXTEND ? LONGEST_LEASE.toMillis() : 0;
    String path =
        switch (deed) {
          case ACKNOWLEDGE -> "/acknowledge/" + delivery.lease();
          case REQUEUE -> "/requeue/" + delivery.lease();
          case REJECT -> "/reject/" + delivery.lease() + "?reason=chaos";
          case EXTEND -> "/extend/" + delivery.lease() + "?lease=" + lease + "ms";
        };
    long sentAt = System.nanoTime();
    var answer = client.call(Call.post(queue + path), SETTLED);
    var outcome = answer.map(Worker::outcome).orElse(Outcome.UNKNOWN);
    note(delivery, deed, sentAt, outcome, Duration.ofMillis(lease).toNanos());
    return outcome;
  }

  private static Outcome outcome(Answer answer) {
    return switch (answer.status()) {
      case GONE -> Outcome.GONE;
      case LOST -> Outcome.LOST;
      default -> Outcome.DONE;
    };
  }

  private void note(Delivery delivery, Deed deed, long sentAt, Outcome outcome, long nanos) {
    history.settled(
        new Settlement(delivery.lease(), deed, sentAt, System.nanoTime(), outcome, nanos));
  }

  private void acknowledgeTogether(List<Delivery> deliveries) throws InterruptedException {
    for (int tries = 0; tries < TRIES; tries++) {
      if (attemptTogether(deliveries)) {
        return;
      }
      Pause.backoff(tries);
    }
  }

  private boolean attemptTogether(List<Delivery> deliveries) throws InterruptedException {
    String leases =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of("leases", deliveries.stream().map(Delivery::lease).toList()));
    long sentAt = System.nanoTime();
    var answer = client.call(Call.json("POST", queue + "/acknowledge", leases), Set.of(OK));
    for (var delivery : deliveries) {
      note(
          delivery,
          Deed.ACKNOWLEDGE,
          sentAt,
          answer.map(a -> outcome(a.json(), delivery.lease())).orElse(Outcome.UNKNOWN),
          0);
    }
    return answer.isPresent();
  }

  private static Outcome outcome(JsonNode answer, String lease) {
    return Optional.of(Outcome.DONE)
        .filter(_ -> has(answer.get("done"), lease))
        .or(() -> Optional.of(Outcome.LOST).filter(_ -> has(answer.get("lost"), lease)))
        .or(() -> Optional.of(Outcome.GONE).filter(_ -> has(answer.get("gone"), lease)))
        .orElseThrow(() -> new IllegalStateException("nothing is said of " + lease));
  }

  private static boolean has(JsonNode leases, String lease) {
    return leases.valueStream().anyMatch(one -> one.stringValue().equals(lease));
  }
}
