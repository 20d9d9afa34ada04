package meower.e2e.chaos.load;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import meower.e2e.chaos.checker.Checker;
import meower.e2e.chaos.checker.FeedTrack;
import meower.e2e.chaos.history.FeedPosition;
import meower.e2e.chaos.history.SeenMeow;
import meower.e2e.chaos.history.Texts;
import tools.jackson.databind.JsonNode;

/** Follows the feed as the page does: it comes back with its position whenever it was away. */
final class Browser {

  /** How it behaves. */
  enum Manner {
    /** Connected for as long as it can be. */
    STAYS,
    /** Connected for some seconds, away for some seconds. */
    COMES_AND_GOES,
    /** The same, and now and then it has forgotten where it was. */
    FORGETS,
    /** Takes fewer frames than there are. */
    SLOW
  }

  private static final Duration SLOWNESS = Duration.ofMillis(30);

  private final Client client;
  private final Checker checker;
  private final Manner manner;
  private final boolean topicOnly;
  private final FeedTrack track;
  private final int number;

  /** What it is at, for whoever wonders why it is silent. */
  private volatile String state = "new";

  /** Ends the coming and going: from now on it stays, and takes what is left as fast as it can. */
  private volatile boolean hurries;

  private volatile long newestSentAt = Long.MIN_VALUE;

  /**
   * @param topicOnly whether it wants only what is posted about {@link Texts#TOPIC}
   */
  Browser(Client client, Checker checker, Manner manner, boolean topicOnly, int number) {
    this.client = client;
    this.checker = checker;
    this.manner = manner;
    this.topicOnly = topicOnly;
    this.number = number;
    this.track = checker.track("browser " + number, topicOnly);
  }

  @Override
  public String toString() {
    return "browser %d (%s%s, %s)".formatted(number, manner, topicOnly ? ", a topic" : "", state);
  }

  boolean stays() {
    return manner == Manner.STAYS;
  }

  /** When the newest meow that it got had been sent. */
  long newestSentAt() {
    return newestSentAt;
  }

  void hurry() {
    hurries = true;
  }

  void run(BooleanSupplier goesOn) throws InterruptedException {
    int failures = 0;
    while (goesOn.getAsBoolean()) {
      boolean served = connect(goesOn);
      failures = served ? 0 : failures + 1;
      Pause.backoff(failures);
    }
  }

  /** Returns whether it was connected. */
  private boolean connect(BooleanSupplier goesOn) throws InterruptedException {
    long begin = System.nanoTime();
    var connection = client.connection(this::on, this::slowness);
    var leaving = Thread.startVirtualThread(() -> leaveInTime(connection, goesOn));
    state = "connected";
    try {
      ended(connection.run(open()), connection);
      return true;
    } catch (IOException e) {
      noWebSocket(begin, e, connection);
      return false;
    } finally {
      leaving.interrupt();
      if (connection.isClosed() && goesOn.getAsBoolean()) {
        stayAway(goesOn);
      }
    }
  }

  /** Returns what it asks for: to go on where it was. */
  private String open() {
    synchronized (track) {
      track.opening(System.nanoTime());
      String topic = topicOnly ? "topic=" + Client.encode(Texts.TOPIC) : "";
      return "/pusher?" + track.position().map(after -> "after=" + after + "&").orElse("") + topic;
    }
  }

  private void noWebSocket(long begin, IOException e, Connection connection) {
    if (!connection.isClosed()) { // by itself, in the middle of the handshake
      checker.failures().excusable(begin, "no WebSocket: " + e);
    }
  }

  /** Closes the connection when the browser has had enough, or everything is over. */
  private void leaveInTime(Connection connection, BooleanSupplier goesOn) {
    long leaves = System.nanoTime() + Duration.ofMillis(1_000 + random(15_000)).toNanos();
    try {
      while (goesOn.getAsBoolean() && !(comesAndGoes() && System.nanoTime() > leaves)) {
        Thread.sleep(50);
      }
    } catch (InterruptedException _) {
      return; // it has ended by itself
    }
    connection.close(ThreadLocalRandom.current().nextBoolean());
  }

  private void ended(int code, Connection connection) throws InterruptedException {
    if (connection.isClosed()) {
      return; // by itself
    }
    String what = "a WebSocket was closed with " + code;
    switch (code) {
      case Connection.GOING_AWAY -> {} // it says goodbye, and another instance is there at once
      case Connection.BROKEN -> broken(what);
      // It does as it is told; whether it misses something is judged by what it gets.
      case Connection.TRY_AGAIN_LATER -> Pause.about(Duration.ofMillis(500));
      default -> checker.failures().inexcusable(what);
    }
  }

  /** A slow one notices when it has read what was on its way, and that may be long after. */
  private void broken(String what) {
    if (manner != Manner.SLOW) {
      checker.failures().excusable(System.nanoTime(), what);
    }
  }

  private void stayAway(BooleanSupplier goesOn) throws InterruptedException {
    state = "away";
    long returns = System.nanoTime() + Duration.ofMillis(200 + random(10_000)).toNanos();
    while (goesOn.getAsBoolean() && !hurries && System.nanoTime() < returns) {
      Thread.sleep(50);
    }
    if (manner == Manner.FORGETS && !hurries && random(3) == 0) {
      synchronized (track) {
        track.forget();
      }
    }
  }

  private boolean comesAndGoes() {
    return !hurries && (manner == Manner.COMES_AND_GOES || manner == Manner.FORGETS);
  }

  private Duration slowness() {
    return manner == Manner.SLOW && !hurries ? SLOWNESS : Duration.ZERO;
  }

  private void on(JsonNode frame) {
    try {
      synchronized (track) {
        take(frame);
      }
    } catch (RuntimeException e) {
      checker.failures().inexcusable("a frame is not understood: " + frame + ": " + e);
    }
  }

  private void take(JsonNode frame) {
    switch (frame.get("kind").intValue()) {
      case 1 -> {
        track.meow(SeenMeow.of(frame), position(frame, "position"));
        if (track.newest() >= 0) {
          newestSentAt = checker.ledger().get(track.newest()).sentAt();
        }
      }
      case 2 -> track.hello(position(frame, "position"), frame.get("resumed").booleanValue());
      case 3 -> track.gap(position(frame, "from"), position(frame, "to"));
      case 4 -> track.edited(SeenMeow.of(frame), position(frame, "position"));
      case 5 -> track.deleted(frame.get("id").stringValue(), position(frame, "position"));
      default -> throw new IllegalArgumentException("an unknown kind");
    }
  }

  private static FeedPosition position(JsonNode frame, String field) {
    return FeedPosition.parse(frame.get(field).stringValue());
  }

  private static long random(long bound) {
    return ThreadLocalRandom.current().nextLong(bound);
  }
}
