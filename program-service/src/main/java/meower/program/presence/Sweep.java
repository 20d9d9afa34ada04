package meower.program.presence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import meower.database.SchemaMigration;
import meower.program.change.ChangeNews;
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
  private final ChangeNews news;
  private final Counter left;
  private final BackgroundLoop loop =
      new BackgroundLoop("presence-sweep", Backoff.DEFAULT, this::round);

  Sweep(
      SeenStore store,
      SchemaMigration schema,
      ChangeNews news,
      Sources sources,
      MeterRegistry metrics) {
    this.store = store;
    this.schema = schema;
    this.news = news;
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
    store
        .sweep()
        .ifPresent(swept -> {
          left.increment(swept.left());
          news.tell(swept.programs());
        });
    Thread.sleep(INTERVAL);
  }
}
