package meower.bench.queue;

import java.time.Duration;
import meower.bench.http.HttpLoad;
import meower.bench.http.HttpResult;
import meower.bench.lab.Contender;
import meower.bench.lab.Sample;
import meower.bench.queue.peer.HttpQueue;

/**
 * Publish, fetch and acknowledge, again and again, over HTTP connections of one thread.
 *
 * @param unit of the first figure: what is acknowledged in a second
 */
record HttpCycles(HttpQueue queue, int connections, Duration time, String unit)
    implements Contender {

  @Override
  public String name() {
    return queue.name();
  }

  @Override
  public Sample measure() throws Exception {
    queue.prepare();
    try {
      HttpResult result = HttpLoad.of(queue.port(), connections, queue::cycles).run(time);
      return Sample.of(unit, result.operationsPerSecond())
          .with("p50 ms", result.micros().getValueAtPercentile(50) / 1e3)
          .with("p99 ms", result.micros().getValueAtPercentile(99) / 1e3)
          .with("503s", result.unavailable());
    } finally {
      queue.clear();
    }
  }
}
