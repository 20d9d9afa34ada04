package meower.pusher.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import meower.nats.NatsLink;
import meower.nats.NatsProperties;
import meower.pusher.frame.BatchTexts;
import meower.pusher.frame.WireFrame;
import meower.pusher.page.Erasures;
import meower.pusher.page.PageCache;
import meower.pusher.page.PageReader;
import meower.schema.Position;
import meower.stream.PastReader;
import meower.stream.Streams;
import org.junit.jupiter.api.Test;

/** Readers read while texts are taken back. */
class BlankingTests {

  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final int ENOUGH = 20_000;
  private static final int WINDOW = 1_024;

  /** As many frames lie in two or three pieces of memory. */
  private static final String TEXT = "x".repeat(200);

  private final FeedMetrics metrics = new FeedMetrics(new SimpleMeterRegistry());
  private final FeedLog log = new FeedLog(new Position("e1", 0), WINDOW, 1 << 20);
  private final Feed feed =
      new Feed(
          log,
          new History(
              log,
              away(),
              new PageCache(1 << 20, new Erasures(System::nanoTime)),
              new Semaphore(1),
              metrics),
          metrics,
          2);

  /** When a deletion had been taken, by the count of deletions. */
  private final Map<Long, Long> deletions = new ConcurrentHashMap<>();

  private final AtomicLong taken = new AtomicLong();
  private final Set<Long> missed = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean writing = new AtomicBoolean(true);

  @Test
  void noBatchThatIsBegunAfterADeletionHasTheText() throws Exception {
    read(Set.of());
  }

  @Test
  void noBatchOfATopicThatIsBegunAfterADeletionHasTheText() throws Exception {
    read(Set.of("cats", "dogs"));
  }

  private void read(Set<String> topics) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<Integer>> readers =
          IntStream.range(0, 3)
              .mapToObj(i -> threads.submit(() -> readUntilEnough(new Random(i), topics)))
              .toList();
      long deadline = System.nanoTime() + BOUND.toNanos();
      Random random = new Random(7);
      long last = 0;
      while (!readers.stream().allMatch(Future::isDone) && System.nanoTime() < deadline) {
        last = write(last + 1, random);
      }
      writing.set(false);
      for (Future<Integer> reader : readers) {
        assertThat(reader.get(BOUND.toSeconds(), TimeUnit.SECONDS)).isGreaterThanOrEqualTo(ENOUGH);
      }
    }
    assertThat(taken).hasPositiveValue();
    assertThat(missed).as("only what was deleted").isNotEmpty().isSubsetOf(deletions.keySet());
  }

  /** Every fourth event takes back one of those that are held; returns its sequence. */
  private long write(long sequence, Random random) {
    if (sequence % 4 == 0) {
      long earlier = Math.max(1, sequence - 1 - random.nextInt(WINDOW));
      if (earlier % 4 != 0) {
        feed.delete(sequence, WireFrame.of("5 " + sequence), List.of(earlier));
        deletions.putIfAbsent(earlier, taken.incrementAndGet());
        return sequence;
      }
    }
    List<String> about = List.of(sequence % 2 == 0 ? "cats" : "dogs");
    feed.append(sequence, WireFrame.of("1 " + sequence + " " + TEXT), about);
    return sequence;
  }

  /** Comes back again and again somewhere in the log, and returns how many frames it got. */
  private int readUntilEnough(Random random, Set<String> topics) throws Exception {
    int found = 0;
    while (found < ENOUGH && writing.get()) {
      Place place = new Place(feed, Shares.plenty());
      long after = Math.max(0, feed.head().sequence() - random.nextInt(WINDOW / 2));
      if (place.moveBehind(after)) {
        place.select(new Selection.Topics(topics));
        found += readOn(place, after, random);
      }
      place.close();
    }
    return found;
  }

  private int readOn(Place place, long after, Random random) throws Exception {
    int found = 0;
    long sequence = after;
    for (int i = 0; i < 5; i++) {
      long begun = taken.get();
      List<String> texts = BatchTexts.texts(place.read(1 + random.nextInt(200)));
      if (texts.stream().anyMatch(text -> text.contains("\"kind\":3"))) {
        return found;
      }
      for (String text : texts) {
        long got = sequenceOf(text);
        assertThat(got).isGreaterThan(sequence);
        for (long left = sequence + 1; left < got; left++) {
          missed.add(left);
        }
        sequence = got;
        assertThat(deletions.getOrDefault(got, Long.MAX_VALUE))
            .as("%s was deleted before the batch was begun", got)
            .isGreaterThan(begun);
        found++;
      }
    }
    return found;
  }

  private static long sequenceOf(String text) {
    String[] parts = text.split(" ", -1);
    assertThat(parts[0]).isIn("1", "5");
    assertThat(parts.length == 3 ? parts[2] : TEXT).isEqualTo(TEXT);
    return Long.parseLong(parts[1]);
  }

  /** A stream that cannot be reached. */
  private static PageReader away() {
    NatsProperties properties = new NatsProperties("nats://127.0.0.1:1", 1, Duration.ofSeconds(1));
    NatsLink link = new NatsLink(properties, "test");
    Streams streams = new Streams(link, properties);
    return new PageReader(new PastReader(link, streams), streams.events());
  }
}
