package meower.pusher.hub;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.websocket.CloseReason;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import meower.pusher.feed.Feed;
import meower.pusher.feed.FeedProperties;
import meower.pusher.online.Online;
import meower.pusher.online.OnlineFrames;
import meower.web.Client;
import meower.web.socket.Heartbeat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Who is connected, and which feed they all read.
 *
 * <p>Stops first of all, while the web server still runs, so that every browser hears that the
 * server is going away.
 */
public final class Hub implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Hub.class);

  /** Much longer than an answer takes, and the end of whoever gives none. */
  private static final Duration ANSWER = Duration.ofSeconds(2);

  private static final Duration POLL = Duration.ofMillis(10);

  private final HubProperties properties;
  private final Online online;
  private final HubMetrics metrics;
  private final Map<String, Subscriber> subscribers = new ConcurrentHashMap<>();
  private final Queue<FeedSession> sentAway = new ConcurrentLinkedQueue<>();
  private final Places places;
  private final ClientShares clients;
  private final Waker waker;
  private volatile @Nullable Feed feed;
  private volatile boolean stopping;

  Hub(
      HubProperties properties,
      FeedProperties feeds,
      Online online,
      Pace pace,
      MeterRegistry registry) {
    this.properties = properties;
    this.online = online;
    this.metrics = new HubMetrics(registry);
    this.places = places(properties, feeds);
    this.clients = new ClientShares(feeds.replayRate().toBytes(), System::nanoTime);
    this.waker = new Waker(subscribers.values(), properties, pace);
    Gauge.builder("meower.subscribers", subscribers, Map::size).register(registry);
    Gauge.builder("meower.searches.standing", this, Hub::searches).register(registry);
  }

  /**
   * Begins a new feed. Whoever reads an older one is sent away to reconnect, because the positions
   * of the two have nothing to do with each other.
   */
  void begin(Feed newFeed) {
    feed = newFeed;
    closeAllBut(newFeed, CloseReasons.STREAM_CHANGED);
  }

  /** Tells whether browsers are let in. */
  boolean hasFeed() {
    return feed != null;
  }

  private int searches() {
    Feed current = feed;
    return current == null ? 0 : current.searches();
  }

  /** Tells whether the service is stopping, so that nobody is let in any more. */
  public boolean isStopping() {
    return stopping;
  }

  /** Something was appended: the subscribers are woken soon, once for all that came meanwhile. */
  void wakeSoon() {
    waker.wakeSoon();
  }

  /**
   * Lets a browser in, or tells it why not.
   *
   * @param id names the connection in the other calls
   * @param client whose it is
   * @throws IOException if the browser has gone away meanwhile
   */
  public void join(String id, FeedSession session, FeedRequest request, Client client)
      throws IOException {
    Feed current = feed;
    if (stopping) {
      sentAway.add(session);
      session.close(CloseReasons.SHUTTING_DOWN);
    } else if (current == null) {
      refuse(session, CloseReasons.NO_FEED_YET);
    } else {
      join(id, session, request, current, clients.join(client));
    }
  }

  private void join(
      String id, FeedSession session, FeedRequest request, Feed current, ClientShare client)
      throws IOException {
    Places.Place place = client.isFlooding() ? null : places.take(request.selection());
    if (place == null) {
      refuse(
          session,
          client.isFlooding() ? CloseReasons.TOO_MANY_FRAMES_OF_CLIENT : CloseReasons.FULL);
      clients.leave(client);
    } else {
      join(id, subscriber(session, current, request, place, client));
    }
  }

  /** The connection has ended. */
  public void leave(String id) {
    Subscriber subscriber = subscribers.remove(id);
    if (subscriber != null) {
      online.left();
      subscriber.end();
      clients.leave(subscriber.client());
    }
  }

  /** The browser answered a ping. */
  public void ponged(String id) {
    Subscriber subscriber = subscribers.get(id);
    if (subscriber != null) {
      subscriber.ponged();
    }
  }

  /** The browser sent a text, or a piece of one. */
  public void received(String id, String piece, boolean last) {
    Subscriber subscriber = subscribers.get(id);
    if (subscriber != null) {
      subscriber.received(piece, last);
    }
  }

  /** The browser sent what it may not send. */
  public void broke(String id) {
    Subscriber subscriber = subscribers.get(id);
    if (subscriber != null) {
      subscriber.close(CloseReasons.PROTOCOL_BROKEN);
    }
  }

  @Override
  public void start() {
    waker.start();
  }

  @Override
  public void stop() {
    stopping = true;
    subscribers.values().forEach(subscriber -> sentAway.add(subscriber.session()));
    int connected = sentAway.size();
    closeAllBut(null, CloseReasons.SHUTTING_DOWN);
    int left = awaitEnd();
    awaitAnswers();
    waker.stop();
    log.info("hub=stopped told={} unreachable={}", connected - left, left);
  }

  @Override
  public boolean isRunning() {
    return waker.isRunning();
  }

  private void join(String id, Subscriber subscriber) {
    subscribers.put(id, subscriber);
    online.joined();
    subscriber.start();
    // Whoever changed these did not see the new subscriber if it came before the put.
    if (stopping) {
      sentAway.add(subscriber.session());
      subscriber.close(CloseReasons.SHUTTING_DOWN);
    } else if (!subscriber.feed().equals(feed)) {
      subscriber.close(CloseReasons.STREAM_CHANGED);
    }
  }

  private Subscriber subscriber(
      FeedSession session,
      Feed current,
      FeedRequest request,
      Places.Place place,
      ClientShare client) {
    Subscription subscription =
        new Subscription(request.selection(), place, properties.maxTopics(), System::nanoTime);
    return new Subscriber(
        session,
        client,
        current,
        request.after(),
        subscription,
        properties.catchUp(),
        heartbeat(session),
        new OnlineFrames(request.isOnlineWanted(), online::count, System::nanoTime),
        metrics);
  }

  private void refuse(FeedSession session, CloseReason reason) throws IOException {
    metrics.refused().increment();
    session.close(reason);
  }

  private Heartbeat heartbeat(FeedSession session) {
    return new Heartbeat(
        session.pingInterval().orElse(properties.pingInterval()),
        properties.pongTimeout(),
        System::nanoTime);
  }

  private void closeAllBut(@Nullable Feed current, CloseReason reason) {
    for (Subscriber subscriber : subscribers.values()) {
      if (!subscriber.feed().equals(current)) {
        subscriber.close(reason);
      }
    }
  }

  /** Returns how many browsers could not be told in time and were cut off. */
  private int awaitEnd() {
    long deadline = System.nanoTime() + properties.shutdownTimeout().toNanos();
    int left = 0;
    for (Subscriber subscriber : subscribers.values()) {
      if (!hasEnded(subscriber, deadline - System.nanoTime())) {
        subscriber.cutOff(CloseReasons.SHUTTING_DOWN);
        left++;
      }
    }
    return left;
  }

  /**
   * Waits for the browsers' own goodbyes. Who hangs up while something comes in that is not read
   * any more resets the connection, and whoever is in between then drops the goodbye as well.
   */
  private void awaitAnswers() {
    long deadline = System.nanoTime() + ANSWER.toNanos();
    try {
      while (!sentAway.stream().allMatch(FeedSession::isOver) && System.nanoTime() - deadline < 0) {
        Thread.sleep(POLL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean hasEnded(Subscriber subscriber, long nanos) {
    try {
      return subscriber.awaitEnd(Duration.ofNanos(nanos));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Places places(HubProperties properties, FeedProperties feeds) {
    long meows = feeds.logBytes().toBytes() + feeds.replayBytes().toBytes();
    long heap = Runtime.getRuntime().maxMemory();
    return new Places(
        Capacity.browsers(properties.maxConnections(), meows, heap), Capacity.room(meows, heap));
  }
}
