package meower.program.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;

/**
 * Looks up names, and waits for that only so long: the system's resolver takes as long as it likes.
 * Names that take longer hold up a few threads, and at most other names.
 */
final class BoundedDns implements Dns {

  private static final int THREADS = 32;
  private static final int WAITING = 1000;
  private static final long IDLE_SECONDS = 10;

  private final Dns resolver;
  private final Duration timeout;
  private final ThreadPoolExecutor threads;

  BoundedDns(Dns resolver, Duration timeout) {
    this.resolver = resolver;
    this.timeout = timeout;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("resolver-", 0).daemon().factory());
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public List<InetAddress> lookup(String name) throws UnknownHostException {
    try {
      return CompletableFuture.supplyAsync(() -> resolve(name), threads)
          .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(name, e);
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      throw unknown(name, e);
    }
  }

  private List<InetAddress> resolve(String name) {
    try {
      return resolver.lookup(name);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static UnknownHostException unknown(String name, Exception cause) {
    UnknownHostException unknown = new UnknownHostException(name);
    unknown.initCause(cause);
    return unknown;
  }
}
