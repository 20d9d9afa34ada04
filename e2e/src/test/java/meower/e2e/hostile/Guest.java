package meower.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import meower.e2e.Api;

/** Somebody who keeps to the rules while others do not: posts, reads and searches all the time. */
final class Guest implements AutoCloseable {

  /** Half of what is asked is there at once, and nothing takes longer than a browser waits. */
  private static final Duration HALF = Duration.ofSeconds(1);

  private static final Duration SLOWEST = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int FEWEST = 20;
  private static final List<String> READS =
      List.of("/meows?take=20", "/search?query=guestword", "/healthz", "/");

  private final Api api;
  private final List<Long> nanos = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final Thread thread = Thread.ofPlatform().name("guest").unstarted(this::visit);
  private volatile boolean leaving;

  private Guest(String url) {
    this.api = new Api(url);
  }

  static Guest at(String url) {
    Guest guest = new Guest(url);
    guest.thread.start();
    return guest;
  }

  private void visit() {
    for (int i = 0; !leaving || i < FEWEST; i++) {
      ask(i);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private void ask(int i) {
    boolean posting = i % 5 == 0;
    String path = posting ? "POST /meows" : READS.get(i % READS.size());
    long started = System.nanoTime();
    try {
      HttpResponse<String> answer = posting ? api.post("guestword " + i) : api.get(path);
      if (isToComeBack(answer)) {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(retryAfter(answer)));
        answer = posting ? api.post("guestword " + i) : api.get(path);
      }
      if (answer.statusCode() != (posting ? 201 : 200)) {
        failures.add(path + " " + answer.statusCode() + " " + answer.body());
      }
    } catch (IOException e) {
      failures.add(path + " " + e);
    } catch (InterruptedException _) {
      leaving = true;
    }
    nanos.add(System.nanoTime() - started);
  }

  /** Who is told that too much is going on, and when to come back, does so, once. */
  private static boolean isToComeBack(HttpResponse<String> answer) {
    return answer.statusCode() == 503 && retryAfter(answer) > 0;
  }

  private static long retryAfter(HttpResponse<String> answer) {
    return answer.headers().firstValueAsLong("Retry-After").orElse(0);
  }

  /** Ends the visit; nothing may have failed, and nothing have taken long. */
  void assertWasServed() throws InterruptedException {
    leaving = true;
    assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
    Collections.sort(nanos);
    Duration half = Duration.ofNanos(nanos.get(nanos.size() / 2));
    Duration slowest = Duration.ofNanos(nanos.getLast());
    System.out.printf(
        "guest: %d requests, half within %d ms, all within %d ms%n",
        nanos.size(), half.toMillis(), slowest.toMillis());
    assertThat(failures).isEmpty();
    assertThat(half).isLessThan(HALF);
    assertThat(slowest).isLessThan(SLOWEST);
  }

  @Override
  public void close() {
    leaving = true;
  }
}
