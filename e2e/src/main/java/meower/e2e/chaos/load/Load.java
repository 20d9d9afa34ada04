package meower.e2e.chaos.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import meower.e2e.chaos.checker.Checker;
import meower.e2e.chaos.load.Browser.Manner;

/** Everybody who uses Meower during a run, each in a thread. */
public final class Load implements AutoCloseable {

  private static final int POSTERS = 24;

  /** One of so many browsers wants one topic only; they are of every manner. */
  private static final int TOPIC_ONLY = 5;

  private static final Duration READER_PAUSE = Duration.ofMillis(250);

  private final Client client;
  private final Checker checker;
  private final LoadOptions options;
  private final List<Browser> browsers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private CountDownLatch writing = new CountDownLatch(0);
  private volatile boolean posting = true;
  private volatile boolean reading = true;
  private volatile boolean open = true;

  public Load(Client client, Checker checker, LoadOptions options) {
    this.client = client;
    this.checker = checker;
    this.options = options;
  }

  public void start() {
    for (int i = 0; i < options.browsers(); i++) {
      var browser = new Browser(client, checker, manner(i), i % TOPIC_ONLY == 2, i);
      browsers.add(browser);
      start("browser-" + i, () -> browser.run(() -> open));
    }
    for (int i = 0; i < options.readers(); i++) {
      var reader = new Reader(client, checker, READER_PAUSE);
      start("reader-" + i, () -> reader.run(() -> reading));
    }
    startPosters();
  }

  private void startPosters() {
    var pause = Duration.ofSeconds(1).multipliedBy(POSTERS).dividedBy(options.posts());
    writing = new CountDownLatch(POSTERS);
    for (int i = 0; i < POSTERS; i++) {
      var poster = new Poster(client, checker, i % 2 == 0, pause);
      start(
          "poster-" + i,
          () -> {
            try {
              poster.run(() -> posting);
            } finally {
              writing.countDown();
            }
          });
    }
  }

  private static Manner manner(int browser) {
    return switch (browser % 8) {
      case 0, 1, 2 -> Manner.STAYS;
      case 3, 4, 5 -> Manner.COMES_AND_GOES;
      case 6 -> Manner.FORGETS;
      default -> Manner.SLOW;
    };
  }

  private void start(String name, Task task) {
    threads.add(
        Thread.ofVirtual()
            .name(name)
            .start(() -> {
              try {
                task.run();
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              } catch (RuntimeException e) {
                checker.failures().inexcusable(name + " stopped working: " + e);
              }
            }));
  }

  /**
   * Lets nobody begin another post, and returns when those under way are done.
   *
   * @return false when some were not within the timeout
   */
  public boolean finishPosting(Duration timeout) throws InterruptedException {
    posting = false;
    return writing.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends the reads; browsers come back and stay. */
  public void calmDown() {
    reading = false;
    browsers.forEach(Browser::hurry);
  }

  /** Whether every browser that stays got a meow that was sent at a moment or later. */
  public boolean reachedBrowsers(long sentAt) {
    return browsers.stream()
        .filter(Browser::stays)
        .allMatch(browser -> browser.newestSentAt() >= sentAt);
  }

  /** The names of all browsers that did not. */
  List<String> unreached(long sentAt) {
    return browsers.stream()
        .filter(browser -> browser.newestSentAt() < sentAt)
        .map(Browser::toString)
        .toList();
  }

  /** Returns when everybody has left. */
  @Override
  public void close() {
    posting = false;
    reading = false;
    open = false;
    threads.forEach(Thread::interrupt);
  }

  private interface Task {
    void run() throws InterruptedException;
  }
}
