package meower.program.presence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.OptionalInt;
import meower.database.SchemaMigration;
import meower.program.source.PresenceSource;
import meower.program.source.Sources;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.springframework.stereotype.Component;

/** Takes out who has not been seen; of all instances one at a time, as the database says. */
@Component
final class Sweep implements BackgroundWork {

  private static final Duration INTERVAL = Duration.ofMillis(250);

  private final SeenStore store;
  private final SchemaMigration schema;
  private final Counter left;
  private final BackgroundLoop loop =
      new BackgroundLoop("presence-sweep", Backoff.DEFAULT, this::round);

  Sweep(SeenStore store, SchemaMigration schema, Sources sources, MeterRegistry metrics) {
    this.store = store;
    this.schema = schema;
    this.left =
        Counter.builder("meower.presence.left")
            .description("Objects that were not seen for as long as they stay")
            .register(metrics);
    Gauge.builder(
            "meower.presence.objects",
            sources,
            known -> known.all().stream().mapToInt(PresenceSource::objects).sum())
        .description("Objects of all programs that are here")
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
    OptionalInt gone = store.sweep();
    left.increment(gone.orElse(0));
    Thread.sleep(INTERVAL);
  }
}
