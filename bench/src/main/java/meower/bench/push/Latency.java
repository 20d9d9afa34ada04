package meower.bench.push;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import meower.bench.lab.Broker;
import meower.bench.lab.Contender;
import meower.bench.lab.Sample;
import meower.bench.push.client.Browsers;
import meower.bench.push.client.Tally;
import meower.bench.push.client.Text;
import meower.bench.push.peer.MeowerPush;
import meower.schema.MeowStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** From a post to the browsers, all the way: nginx, Postgres, NATS, the pusher. */
final class Latency implements Contender {

  private static final double RATE = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long LONGEST_MICROS = 60_000_000;

  private final int nginx;
  private final int pusher;
  private final Broker broker;
  private final int browsers;
  private final Duration time;
  private long next = 1;

  /**
   * @param nginx the port for posts
   * @param pusher the port for the browsers
   * @param broker where the events can be seen on their way
   */
  Latency(int nginx, int pusher, Broker broker, int browsers, Duration time) {
    this.nginx = nginx;
    this.pusher = pusher;
    this.broker = broker;
    this.browsers = browsers;
    this.time = time;
  }

  @Override
  public String name() {
    return "Meower: from the post to the socket";
  }

  @Override
  public Sample measure() throws Exception {
    Histogram answered = new Histogram(LONGEST_MICROS, 3);
    Histogram published = new ConcurrentHistogram(LONGEST_MICROS, 3);
    Connection nats = broker.connect();
    try (HttpClient client = HttpClient.newHttpClient();
        Browsers all = new Browsers(MeowerPush.way(name(), pusher, broker))) {
      nats.jetStream()
          .subscribe(
              MeowStream.CREATED,
              nats.createDispatcher(),
              message -> published(message, published),
              false,
              PushSubscribeOptions.builder()
                  .ordered(true)
                  .configuration(
                      ConsumerConfiguration.builder().deliverPolicy(DeliverPolicy.New).build())
                  .build());
      all.connect(browsers);
      all.expect(next);
      long count = Math.round(RATE * time.toNanos() / 1e9);
      long first = next;
      next += count;
      CompletableFuture<Void> posting =
          CompletableFuture.runAsync(
              () -> post(client, first, count, answered), Thread::startVirtualThread);
      Tally tally = all.read(() -> count, time.plus(PATIENCE));
      posting.get(1, TimeUnit.MINUTES);
      if (tally.wrong() > 0 || tally.deliveries() != count * browsers) {
        throw new IOException("not every browser got every meow once: " + tally.firstWrong());
      }
      return stages(tally.micros(), answered, published);
    } finally {
      nats.close();
    }
  }

  private static Sample stages(Histogram arrived, Histogram answered, Histogram published) {
    return Sample.of("p50 ms", millis(arrived, 50))
        .with("p99 ms", millis(arrived, 99))
        .with("answered p50 ms", millis(answered, 50))
        .with("answered p99 ms", millis(answered, 99))
        .with("published p50 ms", millis(published, 50))
        .with("published p99 ms", millis(published, 99));
  }

  private static double millis(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / 1e3;
  }

  private static void published(Message message, Histogram published) {
    long late = System.nanoTime() - Text.nanos(message.getData(), Text.bodyOf(message.getData()));
    published.recordValue(Math.clamp(late / 1_000, 0, LONGEST_MICROS));
  }

  /** One after the other: the browsers are to get them in the order of their numbers. */
  private void post(HttpClient client, long first, long count, Histogram answered) {
    long start = System.nanoTime();
    for (long i = 0; i < count; i++) {
      long due = start + Math.round(i * 1e9 / RATE);
      LockSupport.parkNanos(due - System.nanoTime());
      long sent = System.nanoTime();
      post(client, Text.body(first + i, sent));
      answered.recordValue(Math.min((System.nanoTime() - sent) / 1_000, LONGEST_MICROS));
    }
  }

  private void post(HttpClient client, String body) {
    URI uri = URI.create("http://localhost:" + nginx + "/meows");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"body\":\"" + body + "\"}"))
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != 201) {
        throw new IllegalStateException("a post was answered with " + status);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
