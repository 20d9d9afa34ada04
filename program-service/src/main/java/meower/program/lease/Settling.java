package meower.program.lease;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import meower.program.commit.CommitProperties;
import meower.program.commit.SharedCommit;
import meower.program.queue.Room;
import meower.program.waiting.Wakeups;
import meower.web.ProblemException;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import org.springframework.stereotype.Component;

/** Settles leases: what was done is on disk when this returns. */
@Component
class Settling implements BackgroundWork {

  private final SharedCommit<Settlement, List<Settlement.Outcome>> commits;
  private final Room room;
  private final Wakeups wakeups;
  private final Counter acknowledged;
  private final Counter requeued;
  private final Counter rejected;
  private final Counter refused;
  private final Counter lost;

  Settling(
      SettlementStore store,
      Room room,
      Wakeups wakeups,
      CommitProperties properties,
      MeterRegistry metrics) {
    this.commits = new SharedCommit<>("settle", store::settle, properties, metrics);
    this.room = room;
    this.wakeups = wakeups;
    this.acknowledged =
        Counter.builder("meower.queues.acknowledged")
            .description("Messages that were acknowledged")
            .register(metrics);
    this.requeued =
        Counter.builder("meower.queues.requeued")
            .description("Messages that were put back")
            .register(metrics);
    this.rejected = dead("rejected", metrics);
    this.refused = dead("refused", metrics);
    this.lost =
        Counter.builder("meower.queues.lost")
            .description("Leases that were settled after they had ended")
            .register(metrics);
  }

  private static Counter dead(String reason, MeterRegistry metrics) {
    return Counter.builder("meower.queues.dead")
        .tag("reason", reason)
        .description("Messages that became dead letters")
        .register(metrics);
  }

  @Override
  public BackgroundLoop loop() {
    return commits.loop();
  }

  /**
   * Settles leases.
   *
   * @return what became of each of them
   * @throws ProblemException 503 if Postgres does not say so in time
   */
  List<Settlement.Outcome> settle(Settlement settlement) {
    List<Settlement.Outcome> outcomes = commits.commit(settlement);
    int done = (int) outcomes.stream().filter(Settlement.Outcome.Done.class::isInstance).count();
    lost.increment(
        (int) outcomes.stream().filter(Settlement.Outcome.Lost.class::isInstance).count());
    switch (settlement.action()) {
      case Action.Acknowledge() -> acknowledged.increment(done);
      case Action.Reject _ -> rejected.increment(done);
      case Action.Refuse _ -> refused.increment(done);
      case Action.Extend _ -> {
        return outcomes;
      }
      case Action.Requeue requeue -> {
        requeued.increment(done);
        if (done > 0 && requeue.delay().isZero()) {
          wakeups.ready(settlement.queue().id(), done);
        }
      }
    }
    room.leased(settlement.queue(), -done);
    return outcomes;
  }
}
