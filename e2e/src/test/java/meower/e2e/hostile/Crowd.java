package meower.e2e.hostile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Many bad peers at the same time, each in a thread of its own. */
final class Crowd implements AutoCloseable {

  /** What one of them does until it is done, or thrown out with an {@link IOException}. */
  interface Peer<T> {
    T misbehave() throws IOException, InterruptedException;
  }

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Lets so many of them loose and returns what each came to; nothing for those thrown out. */
  <T> List<T> run(int count, IntFunction<Peer<T>> peers) throws Exception {
    List<Future<List<T>>> running = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Peer<T> peer = peers.apply(i);
      running.add(threads.submit(() -> outcome(peer)));
    }
    List<T> outcomes = new ArrayList<>();
    for (Future<List<T>> future : running) {
      outcomes.addAll(future.get(60, TimeUnit.SECONDS));
    }
    return outcomes;
  }

  private static <T> List<T> outcome(Peer<T> peer) throws InterruptedException {
    try {
      return List.of(peer.misbehave());
    } catch (IOException _) {
      return List.of();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
