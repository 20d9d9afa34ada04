package meower.pusher.hub;

import jakarta.websocket.CloseReason;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import meower.pusher.feed.CutOffException;
import meower.pusher.feed.Feed;
import meower.pusher.feed.Place;
import meower.pusher.feed.Selection;
import meower.pusher.frame.Batch;
import meower.pusher.online.OnlineFrames;
import meower.schema.Position;
import meower.web.socket.Heartbeat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connected browser: a place in the {@link Feed} and the thread that writes what comes after
 * it.
 *
 * <p>The thread writes everything that is not sent yet at once, so that a single meow goes out at
 * once and batches form by themselves under load. A browser that does not read blocks this thread
 * and nobody else; when its place has fallen out of the log it is told what was left out.
 */
final class Subscriber implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(Subscriber.class);

  /** Between two writes the thread looks after heartbeat and close; a backlog must not stop it. */
  private static final int MAX_BATCH = 512;

  private final FeedSession session;
  private final ClientShare client;
  private final Feed feed;
  private final Place place;
  private final @Nullable Position after;
  private final Subscription subscription;
  private final Duration catchUp;
  private final Heartbeat heartbeat;
  private final OnlineFrames online;
  private final HubMetrics metrics;
  private final AtomicReference<@Nullable CloseReason> closing = new AtomicReference<>();
  private final Thread writer = Thread.ofVirtual().name("subscriber").unstarted(this);
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Flood flood = new Flood(Flood.MOST_FRAMES, System::nanoTime);
  private long lookedAt;
  private Selection selected = Selection.EVERYTHING;
  private volatile boolean ended;
  private volatile boolean parked;

  /**
   * @param client what it shares with other connections of the same client
   * @param feed where the meows come from; a subscriber never changes to another feed
   * @param after the position up to which the browser has everything, if it said one
   * @param subscription what of the feed the browser wants
   * @param catchUp how long it waits for the feed when it has more than that
   * @param online when it is told how many are connected
   */
  Subscriber(
      FeedSession session,
      ClientShare client,
      Feed feed,
      @Nullable Position after,
      Subscription subscription,
      Duration catchUp,
      Heartbeat heartbeat,
      OnlineFrames online,
      HubMetrics metrics) {
    this.session = session;
    this.client = client;
    this.feed = feed;
    this.place = new Place(feed, client.past());
    this.after = after;
    this.subscription = subscription;
    this.catchUp = catchUp;
    this.heartbeat = heartbeat;
    this.online = online;
    this.metrics = metrics;
  }

  /** Begins to write, the hello frame first. */
  void start() {
    writer.start();
  }

  /** Wakes the writer if there is something new for it; cheap when it is busy anyway. */
  void wake() {
    if (parked && !place.isAtEnd()) {
      LockSupport.unpark(writer);
    }
  }

  /**
   * Sends away who sends too much, and wakes the writer if it has something to say by the clock:
   * its own sleep has no end.
   */
  void look() {
    long received = session.received();
    boolean takesPart = flood.count(received) > ClientShare.FEW_FRAMES;
    if (flood.isAt(received)) {
      sendAway(CloseReasons.TOO_MANY_FRAMES);
    }
    if (client.receive(received - lookedAt) && takesPart) {
      sendAway(CloseReasons.TOO_MANY_FRAMES_OF_CLIENT);
    }
    lookedAt = received;
    if (parked && (heartbeat.isDue() || online.isDue())) {
      LockSupport.unpark(writer);
    }
  }

  private void sendAway(CloseReason flooding) {
    if (closing.get() == null) {
      metrics.flooding().increment();
    }
    close(flooding);
  }

  /** The browser sent a text, or a piece of one. */
  void received(String piece, boolean last) {
    subscription.receive(piece, last).ifPresent(this::close);
    wakeAnyway();
  }

  /** Has the writer close the connection after the write in which it is. The first reason wins. */
  void close(CloseReason reason) {
    closing.compareAndSet(null, reason);
    wakeAnyway();
  }

  /** The connection is gone: there is nothing left to say. */
  void end() {
    ended = true;
    subscription.end();
    wakeAnyway();
  }

  /** The browser answered a ping. */
  void ponged() {
    heartbeat.ponged();
  }

  /** Drops the connection of a browser that cannot be told, because it does not read. */
  void cutOff(CloseReason reason) {
    session.cutOff(reason);
  }

  /** Waits until the writer has ended, at most for the time. */
  boolean awaitEnd(Duration timeout) throws InterruptedException {
    return finished.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  FeedSession session() {
    return session;
  }

  Feed feed() {
    return feed;
  }

  ClientShare client() {
    return client;
  }

  @Override
  public void run() {
    try {
      begin();
      while (!isOver()) {
        select();
        sayOnline();
        sendNext();
        keepAlive();
      }
      sayGoodbye();
    } catch (IOException | InterruptedException e) {
      onFailure(e);
    } finally {
      place.close();
      session.abandon();
      finished.countDown();
    }
  }

  private void begin() throws IOException {
    boolean resumed = resume();
    if (!resumed) {
      place.moveToHead();
    }
    select();
    if (isOver()) {
      return;
    }
    send(Batch.hello(place.position(), resumed));
  }

  private boolean resume() {
    if (after == null || !after.epoch().equals(feed.head().epoch())) {
      return false;
    }
    awaitHead(after.sequence());
    return place.moveBehind(after.sequence());
  }

  /** A browser that comes from another instance may have seen more than this one has yet. */
  private void awaitHead(long wanted) {
    long deadline = heartbeat.now() + catchUp.toNanos();
    long left = catchUp.toNanos();
    while (feed.head().sequence() < wanted && left > 0 && !isOver()) {
      long most = left;
      parkUnless(() -> feed.head().sequence() >= wanted, on -> LockSupport.parkNanos(on, most));
      left = deadline - heartbeat.now();
    }
  }

  private void select() {
    if (!isSelected()) {
      selected = subscription.selection();
      if (!place.select(selected)) {
        metrics.refused().increment();
        close(CloseReasons.TOO_MANY_SEARCHES);
      }
    }
  }

  private boolean isSelected() {
    return subscription.selection().equals(selected);
  }

  private void sayOnline() throws IOException {
    OptionalInt connections = online.next();
    if (connections.isPresent()) {
      send(Batch.online(connections.getAsInt()));
    }
  }

  private void sendNext() throws IOException, InterruptedException {
    try {
      Batch batch = place.read(MAX_BATCH);
      if (batch.isEmpty()) {
        parkUnless(this::isDisturbed, LockSupport::park);
      } else {
        send(batch);
      }
    } catch (CutOffException e) {
      log.debug("subscriber=sent away reason=\"{}\"", e.getMessage());
      close(CloseReasons.STREAM_CHANGED);
    }
  }

  private void keepAlive() throws IOException {
    if (heartbeat.isSilent()) {
      metrics.silent().increment();
      close(CloseReasons.SILENT);
    } else if (heartbeat.isPingDue()) {
      long started = heartbeat.now();
      heartbeat.pinging();
      session.ping();
      heartbeat.wrote(started);
    }
  }

  private void send(Batch batch) throws IOException {
    long started = heartbeat.now();
    session.send(batch);
    heartbeat.wrote(started);
    metrics.sent().increment(batch.size());
  }

  private void wakeAnyway() {
    if (parked) {
      LockSupport.unpark(writer);
    }
  }

  private boolean isDisturbed() {
    return !place.isAtEnd() || !isSelected() || heartbeat.isDue() || online.isDue();
  }

  private void parkUnless(BooleanSupplier ready, Consumer<Object> park) {
    parked = true;
    // Announced before looking: whoever has something new after the look sees that we are parked.
    if (!ready.getAsBoolean() && !isOver()) {
      park.accept(this);
    }
    parked = false;
  }

  private boolean isOver() {
    return ended || closing.get() != null;
  }

  private void sayGoodbye() throws IOException {
    CloseReason reason = closing.get();
    if (reason != null && !ended) {
      session.close(reason);
    }
  }

  private void onFailure(Exception e) {
    if (isStall(e)) {
      metrics.stalled().increment();
    }
    log.debug("subscriber=gone reason=\"{}\"", e.toString());
  }

  private static boolean isStall(Throwable e) {
    Throwable cause = e.getCause();
    return e instanceof SocketTimeoutException || (cause != null && isStall(cause));
  }
}
