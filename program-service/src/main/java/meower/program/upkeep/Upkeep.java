package meower.program.upkeep;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.IntSupplier;
import meower.database.SchemaMigration;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.springframework.stereotype.Component;

/** Buries what nobody is to get any more within a second, and forgets what does not count. */
@Component
class Upkeep implements BackgroundWork {

  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final int ROUNDS_UNTIL_AGE = 10;
  private static final int ROUNDS_UNTIL_FORGOTTEN = 60;

  private final UpkeepStore store;
  private final SchemaMigration schema;
  private final Counter exhausted;
  private final Counter tooOld;
  private final BackgroundLoop loop =
      new BackgroundLoop("queue-upkeep", Backoff.DEFAULT, this::round);
  private int rounds;

  Upkeep(UpkeepStore store, SchemaMigration schema, MeterRegistry metrics) {
    this.store = store;
    this.schema = schema;
    this.exhausted = dead("max-deliveries", metrics);
    this.tooOld = dead("too-old", metrics);
  }

  private static Counter dead(String reason, MeterRegistry metrics) {
    return Counter.builder("meower.queues.dead")
        .tag("reason", reason)
        .description("Messages that became dead letters")
        .register(metrics);
  }

  @Override
  public BackgroundLoop loop() {
    return loop;
  }

  private void round() throws InterruptedException {
    if (!schema.await(INTERVAL)) {
      return;
    }
    exhausted.increment(all(store::buryExhausted));
    if (rounds % ROUNDS_UNTIL_AGE == 0) {
      tooOld.increment(all(store::buryTooOld));
      all(store::clearDropped);
    }
    if (rounds % ROUNDS_UNTIL_FORGOTTEN == 0) {
      all(store::forgetDeadLetters);
      all(store::forgetKeys);
      all(store::forgetMeows);
      store.forgetEndedFeeds();
    }
    rounds++;
    Thread.sleep(INTERVAL);
  }

  /** Returns how many there were; goes on while there may be more. */
  private static int all(IntSupplier portion) {
    int sum = 0;
    int count = portion.getAsInt();
    while (count >= UpkeepStore.AT_ONCE) {
      sum += count;
      count = portion.getAsInt();
    }
    return sum + count;
  }
}
