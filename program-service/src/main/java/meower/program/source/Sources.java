package meower.program.source;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import meower.database.SchemaMigration;
import meower.program.change.ChangeNews;
import meower.program.request.Postgres;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * All sources, as they were a second ago at most. While Postgres is away they stay as they are:
 * sightings are taken in then, too.
 */
@Component
public class Sources implements BackgroundWork {

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final SourceStore store;
  private final SchemaMigration schema;
  private final ChangeNews news;
  private final BackgroundLoop loop =
      new BackgroundLoop("presence-sources", Backoff.DEFAULT, this::refresh);
  private volatile Map<String, PresenceSource> known = new ConcurrentHashMap<>();

  Sources(SourceStore store, SchemaMigration schema, ChangeNews news) {
    this.store = store;
    this.schema = schema;
    this.news = news;
  }

  @Override
  public BackgroundLoop loop() {
    return loop;
  }

  private void refresh() throws InterruptedException {
    if (schema.await(INTERVAL)) {
      known =
          store.all().stream()
              .collect(Collectors.toConcurrentMap(PresenceSource::program, source -> source));
      Thread.sleep(INTERVAL);
    }
  }

  /** Returns those that are known at the moment. */
  public List<PresenceSource> all() {
    return List.copyOf(known.values());
  }

  /**
   * Returns the source of a program, as it was a second ago at most.
   *
   * @throws meower.web.ProblemException 503 if it is not known and nobody can say whether there is
   *     one
   */
  public Optional<PresenceSource> find(String program) {
    PresenceSource source = known.get(program);
    if (source != null) {
      return Optional.of(source);
    }
    requireSchema();
    Optional<PresenceSource> found = Postgres.ask(() -> store.find(program));
    found.ifPresent(other -> known.put(program, other));
    return found;
  }

  /**
   * Defines where the objects of a program are looked up.
   *
   * @return whether it is new
   * @throws meower.web.ProblemException 503 if the tables are not up to date yet
   */
  public boolean define(String program, SourceDefinition definition) {
    requireSchema();
    SourceStore.Put put = store.put(program, definition);
    known.put(program, put.source());
    news.tell(List.of(program));
    return put.isNew();
  }

  private void requireSchema() {
    if (!schema.isDone()) {
      throw Postgres.unavailable(null);
    }
  }

  /** Says what the status API of a program says instead of an answer; nothing if it answers. */
  public void say(String program, @Nullable String error) {
    store.say(program, error);
  }
}
