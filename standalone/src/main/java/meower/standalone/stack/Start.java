package meower.standalone.stack;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import meower.standalone.process.ServerFailedException;
import meower.standalone.process.Wait;
import org.jspecify.annotations.Nullable;

/**
 * Starts all parts, the services in turns: they wait by themselves for the servers that they need,
 * but not for processors. All at once on few of them, they would take from Elasticsearch, which
 * needs longest, and everything would be ready later.
 */
record Start(Map<Instance, Supervised> parts, StartProgress progress) {
  /** A machine may have other things to do; what ends instead is noticed at once. */
  static final Duration TIMEOUT = Duration.ofMinutes(5);

  /** Ending this often in a row at the start is not going to get better. */
  private static final int MAX_FAILURES = 3;

  /** For how long the next one waits for a service; what needs longer waits for a server, too. */
  private static final Duration TURN = Duration.ofSeconds(4);

  void run() {
    long begin = System.nanoTime();
    var turns = new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() - 1), true);
    List<CompletableFuture<Void>> starts =
        parts.entrySet().stream()
            .map(e ->
                CompletableFuture.runAsync(
                    () -> start(e.getKey(), e.getValue(), turns, begin),
                    Thread::startVirtualThread))
            .toList();
    var all = CompletableFuture.allOf(starts.toArray(CompletableFuture<?>[]::new));
    for (var start : starts) {
      var _ = start.whenComplete((_, failure) -> failFast(all, failure));
    }
    try {
      all.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof ServerFailedException failure ? failure : e;
    }
  }

  private static void failFast(CompletableFuture<Void> all, @Nullable Throwable failure) {
    if (failure != null) {
      all.completeExceptionally(failure);
    }
  }

  private void start(Instance instance, Supervised supervised, Semaphore turns, long begin) {
    if (Part.SERVICES.contains(instance.part())) {
      inTurn(supervised, turns);
    } else {
      supervised.up();
    }
    var server = supervised.server();
    Wait.until(
        () -> {
          if (supervised.failures() >= MAX_FAILURES) {
            throw new ServerFailedException(
                instance.label() + " ended again and again; it logged:", server.lastLogLines());
          }
          return server.isReady();
        },
        TIMEOUT,
        () ->
            new ServerFailedException(
                instance.label()
                    + " was not ready within "
                    + TIMEOUT.toSeconds()
                    + " s; it logged:",
                server.lastLogLines()));
    progress.ready(instance, Duration.ofNanos(System.nanoTime() - begin));
  }

  private static void inTurn(Supervised supervised, Semaphore turns) {
    turns.acquireUninterruptibly();
    try {
      supervised.up();
      var _ = Wait.upTo(TURN, supervised.server()::isReady);
    } finally {
      turns.release();
    }
  }
}
