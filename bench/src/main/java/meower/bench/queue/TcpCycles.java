package meower.bench.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import meower.bench.lab.Contender;
import meower.bench.lab.Sample;
import meower.bench.queue.peer.TcpQueue;
import meower.bench.queue.peer.Worker;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Publish, fetch and acknowledge, again and again, over connections with a thread each. */
record TcpCycles(TcpQueue queue, int connections, Duration time, String unit) implements Contender {

  private static final long LONGEST_MICROS = 60_000_000;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Override
  public String name() {
    return queue.name();
  }

  @Override
  public Sample measure() throws Exception {
    queue.prepare();
    try {
      Histogram micros = micros();
      return Sample.of(unit, micros.getTotalCount() * 1e9 / time.toNanos())
          .with("p50 ms", micros.getValueAtPercentile(50) / 1e3)
          .with("p99 ms", micros.getValueAtPercentile(99) / 1e3);
    } finally {
      queue.clear();
    }
  }

  private Histogram micros() throws Exception {
    Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, 3);
    List<Worker> workers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < connections; i++) {
        workers.add(queue.connect());
      }
      long end = System.nanoTime() + time.toNanos();
      List<Future<?>> cycles = new ArrayList<>();
      for (Worker worker : workers) {
        cycles.add(
            threads.submit(() -> {
              work(worker, end, micros);
              return true;
            }));
      }
      for (Future<?> each : cycles) {
        each.get(time.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
      }
    } finally {
      for (Worker worker : workers) {
        worker.close();
      }
    }
    return micros;
  }

  private static void work(Worker worker, long end, Histogram micros) throws Exception {
    long start = System.nanoTime();
    while (start < end) {
      worker.cycle();
      long now = System.nanoTime();
      // What comes after the end took part in the load, but not in its time.
      if (now <= end) {
        micros.recordValue(Math.min((now - start) / 1_000, LONGEST_MICROS));
      }
      start = now;
    }
  }
}
