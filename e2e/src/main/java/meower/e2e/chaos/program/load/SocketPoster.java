package meower.e2e.chaos.program.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import meower.e2e.chaos.checker.Checker;
import meower.e2e.chaos.history.Post;
import meower.e2e.chaos.history.SeenMeow;
import meower.e2e.chaos.load.Connection;
import meower.e2e.chaos.load.Pause;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says meows over a socket, several before the first is answered, and with its key again whatever
 * it does not know the fate of.
 */
final class SocketPoster {

  private static final String PATH = "/publish";
  private static final int CREATED = 201;
  private static final int UNAVAILABLE = 503;
  private static final int MOST_UNANSWERED = 16;
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration AGAIN = Duration.ofMillis(300);

  private final ProgramClient client;
  private final Checker checker;
  private final Duration pause;

  /** By their numbers, in the order in which they were sent. */
  private final Map<Integer, Post> unanswered = new LinkedHashMap<>();

  private final Deque<Post> again = new ArrayDeque<>();
  private final Map<Integer, Integer> attempts = new HashMap<>();
  private List<Integer> inOrder = new ArrayList<>();
  private @Nullable Connection connection;
  private boolean isOpen;
  private volatile boolean isOver;
  private long silentUntil = System.nanoTime();

  SocketPoster(ProgramClient client, Checker checker, Duration pause) {
    this.client = client;
    this.checker = checker;
    this.pause = pause;
  }

  /** Returns when everything that was said is answered; the end of the run interrupts it. */
  void run(BooleanSupplier goesOn) throws InterruptedException {
    var reading = Thread.ofVirtual().name("said").start(() -> connectAgainAndAgain());
    try {
      while (goesOn.getAsBoolean() || hasUnanswered()) {
        if (!isReady()) {
          Thread.sleep(POLL);
        } else if (!sayAgain() && goesOn.getAsBoolean()) {
          say(checker.ledger().write(true));
          Pause.about(pause);
        } else {
          Thread.sleep(POLL);
        }
      }
    } finally {
      isOver = true;
      end();
      reading.interrupt();
    }
  }

  private void end() {
    var last = connection();
    if (last != null) {
      last.close(true);
    }
  }

  private synchronized @Nullable Connection connection() {
    return connection;
  }

  private synchronized boolean hasUnanswered() {
    return !unanswered.isEmpty() || !again.isEmpty();
  }

  private synchronized boolean isReady() {
    return isOpen && unanswered.size() < MOST_UNANSWERED;
  }

  private boolean sayAgain() {
    @Nullable Post post;
    synchronized (this) {
      post = System.nanoTime() - silentUntil > 0 ? again.poll() : null;
    }
    if (post != null) {
      say(post);
    }
    return post != null;
  }

  /** Sends without a lock: whoever reads has that of the connection, and takes ours. */
  private void say(Post post) {
    var current = begin(post);
    try {
      if (current != null) {
        current.send(
            JsonMapper.shared()
                .writeValueAsString(
                    Map.of(
                        "ref", "" + post.number(),
                        "body", post.body(),
                        "key", post.key().orElseThrow())));
      }
    } catch (IOException _) {
      // Whoever reads notices the end, and it is said again.
    }
  }

  private synchronized @Nullable Connection begin(Post post) {
    attempts.merge(post.number(), 1, Integer::sum);
    unanswered.put(post.number(), post);
    post.sending();
    return connection;
  }

  private void connectAgainAndAgain() {
    try {
      for (int failures = 0; !isOver; ) {
        failures = connect() ? 0 : failures + 1;
        Pause.backoff(failures);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether there was a connection. */
  private boolean connect() {
    long begin = System.nanoTime();
    var opening = client.connection(this::opened, this::on);
    synchronized (this) {
      connection = opening;
    }
    try {
      ended(opening, opening.run(PATH));
      return true;
    } catch (IOException e) {
      if (!opening.isClosed() && !isOver) {
        checker.failures().excusable(begin, "no WebSocket for what is said: " + e);
      }
      return false;
    } finally {
      closed();
    }
  }

  private synchronized void opened() {
    isOpen = true;
  }

  private void ended(Connection opening, int code) {
    if (opening.isClosed() || isOver) {
      return;
    }
    String what = "a socket for what is said was closed with " + code;
    switch (code) {
      case Connection.GOING_AWAY -> {}
      case Connection.BROKEN, Connection.TRY_AGAIN_LATER ->
          checker.failures().excusable(System.nanoTime(), what);
      default -> checker.failures().inexcusable(what);
    }
  }

  /** What was not answered is said again, before anything else. */
  private synchronized void closed() {
    isOpen = false;
    again.addAll(unanswered.values());
    unanswered.clear();
    checker.saidInOrder(inOrder);
    inOrder = new ArrayList<>();
  }

  private synchronized void on(JsonNode answer) {
    try {
      take(answer);
    } catch (RuntimeException e) {
      checker.failures().inexcusable("an answer is not understood: " + answer + ": " + e);
    }
  }

  private void take(JsonNode answer) {
    int number = Integer.parseInt(answer.get("ref").stringValue());
    var post = unanswered.remove(number);
    if (post == null) {
      checker.failures().inexcusable("nobody said what is answered: " + answer);
      return;
    }
    switch (answer.get("status").intValue()) {
      case CREATED -> {
        checker
            .ledger()
            .acknowledged(
                post,
                new SeenMeow(
                    answer.get("id").stringValue(),
                    post.body(),
                    answer.get("created_at").stringValue()));
        if (attempts.getOrDefault(number, 0) == 1) {
          inOrder.add(number);
        }
      }
      case UNAVAILABLE -> {
        checker.failures().excusable(post.sentAt(), "said: " + answer);
        later(post);
      }
      default -> {
        checker.failures().inexcusable("said: " + answer);
        later(post);
      }
    }
  }

  private void later(Post post) {
    again.add(post);
    silentUntil = System.nanoTime() + AGAIN.toNanos();
  }
}
