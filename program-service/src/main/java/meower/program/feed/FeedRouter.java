package meower.program.feed;

import static java.util.stream.Collectors.groupingBy;

import io.nats.client.Message;
import io.nats.client.api.StreamInfo;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import meower.database.SchemaMigration;
import meower.nats.NatsLink;
import meower.program.feed.FeedChunk.Flowing;
import meower.program.queue.Room;
import meower.program.waiting.Wakeups;
import meower.schema.MalformedEventException;
import meower.schema.MeowIdGenerator;
import meower.schema.Position;
import meower.stream.PastReader;
import meower.stream.RecentEvents;
import meower.stream.Streams;
import meower.web.ProblemException;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the meows flow into the queues that want them: one instance for all of them.
 *
 * <p>It keeps nothing that it could lose: where each feed is stands beside its messages in Postgres
 * and moves in the transaction that stores them, so that a crash neither loses nor doubles any.
 * Feeds at the same place are fed together. One that begins in the past, or whose queue was full,
 * comes after them in portions, until it has caught up.
 */
final class FeedRouter implements BackgroundWork {

  private static final Logger log = LoggerFactory.getLogger(FeedRouter.class);

  /** Events that are looked at together. */
  private static final int AT_ONCE = 500;

  /** Between looks at the stream: what a message may wait before it flows. */
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final long FULL_NANOS = IDLE.toNanos();

  private final DataSource database;
  private final SchemaMigration schema;
  private final NatsLink link;
  private final Streams streams;
  private final PastReader past;
  private final Room room;
  private final Wakeups wakeups;
  private final MeowIdGenerator ids;
  private final Clock clock;
  private final BackgroundLoop loop =
      new BackgroundLoop("feed-router", Backoff.DEFAULT, this::step);

  /** What went by before a position, to recognise what comes again. */
  private Map<Position, RecentEvents> recent = new HashMap<>();

  /** Queues that were full, and how much of the stream is tried with them next. */
  private final Map<Long, Full> full = new HashMap<>();

  private final FeedSearches searches = new FeedSearches();

  private @Nullable FeedStore session;
  private volatile long behind;

  private record Full(int atOnce, long until) {}

  FeedRouter(
      DataSource database,
      SchemaMigration schema,
      NatsLink link,
      Streams streams,
      Room room,
      Wakeups wakeups,
      MeowIdGenerator ids,
      Clock clock) {
    this.database = database;
    this.schema = schema;
    this.link = link;
    this.streams = streams;
    this.past = new PastReader(link, streams);
    this.room = room;
    this.wakeups = wakeups;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public BackgroundLoop loop() {
    return loop;
  }

  /**
   * Returns how many events the last feed is behind the stream; 0 where another instance routes.
   */
  long behind() {
    return behind;
  }

  /** Returns the queries of feeds; there are none where another instance routes. */
  FeedSearches searches() {
    return searches;
  }

  private void step() throws Exception {
    try {
      FeedStore leading = lead();
      if (leading != null) {
        Thread.sleep(route(leading));
      }
    } catch (Exception e) {
      resign();
      throw e;
    }
  }

  private @Nullable FeedStore lead() throws Exception {
    if (session != null || !schema.await(IDLE)) {
      return session;
    }
    FeedStore candidate = FeedStore.open(database);
    session = candidate;
    if (candidate.lead()) {
      log.info("feeds=routed");
      return candidate;
    }
    resign();
    Thread.sleep(IDLE);
    return null;
  }

  private void resign() {
    recent = new HashMap<>();
    searches.keep(List.of());
    full.clear();
    behind = 0;
    FeedStore ended = session;
    session = null;
    if (ended != null) {
      try {
        ended.close();
      } catch (SQLException e) {
        log.debug("feeds=not-closed", e);
      }
    }
  }

  /** Feeds all once and returns for how long there is nothing to do. */
  private Duration route(FeedStore store) throws Exception {
    List<FeedPlace> places = store.places();
    searches.keep(places);
    Optional<StreamInfo> stream =
        places.isEmpty()
            ? Optional.empty()
            : streams.findMeows().filter(info -> !Streams.isRefilling(info));
    if (stream.isEmpty()) {
      behind = 0;
      return IDLE;
    }
    Position last = Streams.lastPosition(stream.get());
    List<FeedPlace> elsewhere =
        places.stream().filter(place -> !place.position().epoch().equals(last.epoch())).toList();
    if (!elsewhere.isEmpty()) {
      followTo(last, elsewhere, store);
      return Duration.ZERO;
    }
    long now = System.nanoTime();
    full.keySet().retainAll(places.stream().map(place -> place.queue().id()).toList());
    Map<Position, List<FeedPlace>> groups =
        places.stream()
            .filter(place -> !isFull(place, now))
            .filter(place -> place.position().sequence() < last.sequence())
            .collect(groupingBy(FeedPlace::position));
    behind =
        last.sequence()
            - places.stream().mapToLong(p -> p.position().sequence()).min().orElse(last.sequence());
    Map<Position, RecentEvents> known = recent;
    recent = new HashMap<>();
    places.forEach(place -> {
      RecentEvents events = known.get(place.position());
      if (events != null && !groups.containsKey(place.position())) {
        recent.put(place.position(), events);
      }
    });
    for (Map.Entry<Position, List<FeedPlace>> group : groups.entrySet()) {
      feed(group.getKey(), group.getValue(), known.get(group.getKey()), last, store);
    }
    return groups.isEmpty() ? POLL_INTERVAL : Duration.ZERO;
  }

  private boolean isFull(FeedPlace place, long now) {
    Full wait = full.get(place.queue().id());
    return wait != null && now - wait.until() < 0;
  }

  private void followTo(Position last, List<FeedPlace> places, FeedStore store) throws Exception {
    log.info("feeds={} state=searched epoch={}", places.size(), last.epoch());
    new PlaceSearch(last, streams.events()).find(places, link).forEach(store::move);
  }

  /** Feeds those at one place with what comes next. */
  private void feed(
      Position from,
      List<FeedPlace> places,
      @Nullable RecentEvents known,
      Position last,
      FeedStore store)
      throws Exception {
    int atOnce = places.stream().mapToInt(this::atOnce).min().orElse(AT_ONCE);
    Position to = last.at(Math.min(last.sequence(), from.sequence() + atOnce));
    RecentEvents passing = known == null ? new RecentEvents() : known;
    long begin = known == null ? Math.max(0, from.sequence() - RecentEvents.SPAN) : from.sequence();
    List<FeedEvent> events = new ArrayList<>();
    for (Message message : past.read(begin, to)) {
      event(message, to, passing)
          .filter(event -> event.position().sequence() > from.sequence())
          .ifPresent(events::add);
    }
    Set<String> meows = events.stream().map(FeedEvent::meow).collect(Collectors.toSet());
    FeedChunk chunk =
        FeedChunk.of(
            places,
            searches,
            events,
            store.known(meows),
            clock.instant(),
            FeedStore.MEOWS_ARE_KNOWN);
    Map<Long, List<Flowing>> flowing =
        chunk.flowing().stream().collect(groupingBy(message -> message.place().queue().id()));
    List<FeedPlace> fitting =
        places.stream()
            .filter(place -> fits(place, flowing.getOrDefault(place.queue().id(), List.of())))
            .toList();
    if (!fitting.isEmpty()) {
      Optional<FeedEvent> lastEvent =
          events.isEmpty() ? Optional.empty() : Optional.of(events.getLast());
      store.flow(fitting, to, lastEvent, chunk, ids);
      recent.put(to, passing);
      fitting.forEach(place -> {
        List<Flowing> messages = flowing.get(place.queue().id());
        if (messages != null) {
          wakeups.ready(place.queue().id(), messages.size());
        }
      });
    }
  }

  /** What is no event is parked by the query service, where an operator sees it. */
  private Optional<FeedEvent> event(Message message, Position epoch, RecentEvents passing) {
    long sequence = message.metaData().streamSequence();
    try {
      var event = streams.events().decode(message, epoch.epoch());
      return passing.add(sequence, event.key())
          ? Optional.of(new FeedEvent(event, epoch.at(sequence)))
          : Optional.empty();
    } catch (MalformedEventException e) {
      return Optional.empty();
    }
  }

  private int atOnce(FeedPlace place) {
    Full wait = full.get(place.queue().id());
    return wait == null ? AT_ONCE : wait.atOnce();
  }

  /** A queue that is full is tried again later, and with less: nothing is dropped. */
  private boolean fits(FeedPlace place, List<Flowing> messages) {
    long queue = place.queue().id();
    if (messages.isEmpty()) {
      return true;
    }
    long bytes = messages.stream().mapToLong(message -> message.body().length).sum();
    try {
      room.require(place.queue(), messages.size(), bytes);
      full.remove(queue);
      return true;
    } catch (ProblemException e) {
      int atOnce = atOnce(place);
      log.debug("queue={} feed=stands reason=full", place.queue().name());
      full.put(
          queue,
          new Full(Math.max(1, atOnce / 2), System.nanoTime() + (atOnce == 1 ? FULL_NANOS : 0)));
      return false;
    }
  }
}
