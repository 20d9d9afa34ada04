package meower.standalone.stack;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import meower.standalone.process.ServerFailedException;
import meower.standalone.server.Server;

/**
 * Starts a server again that ended without having been told to, after a pause that doubles while
 * that repeats. One that runs and does no work any more is ended, so that it is started again.
 */
final class Supervised {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

  /** Longer than a start takes. One that has worked already is not given it. */
  private static final Duration START = Duration.ofSeconds(15);

  /** In a row; a busy machine makes one look fail. */
  private static final int MAX_STUCK = 3;

  /** A server that ran this long was in order; what ends it now is something new. */
  private static final Duration STABLE = Duration.ofSeconds(30);

  private final Server server;
  private final ScheduledExecutorService scheduler;
  private final Consumer<String> log;
  private boolean retired;
  private volatile boolean wanted;
  private volatile int failures;
  private volatile long launchedAt = System.nanoTime();

  /** When the run was launched that has been seen to work. */
  private volatile long workingSince = launchedAt - 1;

  private int stuck;

  Supervised(Server server, ScheduledExecutorService scheduler, Consumer<String> log) {
    this.server = server;
    this.scheduler = scheduler;
    this.log = log;
    var _ =
        scheduler.scheduleWithFixedDelay(
            this::watch, POLL_INTERVAL.toMillis(), POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  Server server() {
    return server;
  }

  /** How often in a row it ended by itself soon after a start. */
  int failures() {
    return failures;
  }

  synchronized void up() {
    if (retired) {
      throw new ServerFailedException(
          server.name() + " is not started any more: everything is being stopped", List.of());
    }
    wanted = true;
    failures = 0;
    launch();
  }

  /** It may be ended now, and stays ended. Waits for a start that is under way. */
  synchronized void down() {
    wanted = false;
  }

  /** It may be ended now and is never started again. */
  synchronized void retire() {
    retired = true;
    wanted = false;
  }

  private synchronized void launch() {
    if (wanted && !server.isAlive()) {
      launchedAt = System.nanoTime();
      server.launch();
      var _ = server.onExit().thenRunAsync(this::ended, scheduler);
    }
  }

  private void watch() {
    stuck = doesNoWork() ? stuck + 1 : 0;
    if (stuck >= MAX_STUCK && wanted) {
      stuck = 0;
      log.accept(server.name() + " runs and does no work, it is ended");
      try {
        server.kill();
      } catch (ServerFailedException e) {
        log.accept(e.getMessage());
      }
    }
  }

  private boolean doesNoWork() {
    long run = launchedAt; // before the look, which may take longer than the run
    if (!wanted || !server.isAlive() || server.isPaused()) {
      return false;
    }
    if (server.isStuck()) {
      return hasWorked() || hasStarted();
    }
    workingSince = run;
    return false;
  }

  /** Tells whether it has been seen to work since it was last launched. */
  boolean hasWorked() {
    return workingSince == launchedAt;
  }

  private boolean hasStarted() {
    return System.nanoTime() - launchedAt > START.toNanos();
  }

  private void ended() {
    if (!wanted) {
      return;
    }
    boolean stable = System.nanoTime() - launchedAt > STABLE.toNanos();
    failures = stable ? 1 : failures + 1;
    Duration pause = pauseAfter(failures);
    log.accept(
        server.name() + " ended unexpectedly, it is started again in " + pause.toSeconds() + " s");
    schedule(pause);
  }

  private void schedule(Duration pause) {
    try {
      var _ = scheduler.schedule(this::launchAgain, pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException _) {
      wanted = false; // everything is being stopped
    }
  }

  private void launchAgain() {
    try {
      launch();
    } catch (ServerFailedException e) {
      log.accept(e.getMessage());
      schedule(LONGEST_PAUSE);
    }
  }

  static Duration pauseAfter(int failures) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }
}
