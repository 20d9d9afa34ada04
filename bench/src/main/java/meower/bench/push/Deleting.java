package meower.bench.push;

import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import meower.bench.lab.Broker;
import meower.bench.lab.Contender;
import meower.bench.lab.Sample;
import meower.bench.push.Meows.Posted;
import meower.bench.push.client.Text;

/** Deletes as fast as it is answered, and waits until the texts are out of the stream. */
final class Deleting implements Contender {

  private static final int CONNECTIONS = 64;
  private static final int DELETIONS_PER_SECOND = 1_000;
  private static final String STREAM = "MEOWS";
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

  private final int nginx;
  private final Broker broker;
  private final int count;

  /**
   * @param time in which about so many would be deleted
   */
  Deleting(int nginx, Broker broker, Duration time) {
    this.nginx = nginx;
    this.broker = broker;
    this.count = (int) (DELETIONS_PER_SECOND * time.toSeconds());
  }

  @Override
  public String name() {
    return "Meower: deletions";
  }

  @Override
  public Sample measure() throws Exception {
    Connection nats = broker.connect();
    try (var meows = new Meows(nginx)) {
      var posted = new ConcurrentLinkedQueue<Posted>();
      atOnce(() -> {
        for (int i = 0; i < count / CONNECTIONS; i++) {
          posted.add(meows.post(Text.body(i, System.nanoTime())));
        }
      });
      int all = posted.size();
      var streams = nats.jetStreamManagement();
      long erasedBefore = erased(streams);
      long start = System.nanoTime();
      atOnce(() -> deleteAll(meows, posted));
      double deleted = (System.nanoTime() - start) / 1e9;
      awaitErased(streams, erasedBefore + all);
      double erased = (System.nanoTime() - start) / 1e9;
      return Sample.of("per second", all / deleted).with("erased per second", all / erased);
    } finally {
      nats.close();
    }
  }

  private static void deleteAll(Meows meows, Queue<Posted> posted)
      throws IOException, InterruptedException {
    for (Posted meow = posted.poll(); meow != null; meow = posted.poll()) {
      meows.delete(meow);
    }
  }

  private static long erased(JetStreamManagement streams) throws Exception {
    return streams.getStreamInfo(STREAM).getStreamState().getDeletedCount();
  }

  private static void awaitErased(JetStreamManagement streams, long count) throws Exception {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while (erased(streams) < count) {
      if (System.nanoTime() > end) {
        throw new IOException(erased(streams) + " texts are erased after a minute, not " + count);
      }
      Thread.sleep(POLL_INTERVAL);
    }
  }

  private static void atOnce(Work work) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        all.add(
            threads.submit(() -> {
              work.run();
              return null;
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private interface Work {
    void run() throws Exception;
  }
}
