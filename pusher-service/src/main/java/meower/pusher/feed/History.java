package meower.pusher.feed;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import meower.pusher.page.Page;
import meower.pusher.page.PageCache;
import meower.pusher.page.PageReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one epoch of the stream holds from before its {@link FeedLog}, for browsers that were away
 * for longer than the log reaches back.
 *
 * <p>It is read in pages, so that thousands of browsers that come back together share what was read
 * once. The first one that needs a page reads it in its own thread, those who need it meanwhile
 * wait: there is never more to do than there are browsers, and little of it is done at once.
 */
final class History {

  private static final Logger log = LoggerFactory.getLogger(History.class);

  /** How long a reader is kept from its heartbeat. */
  private static final Duration TIMEOUT = Duration.ofMillis(250);

  private final FeedLog feed;
  private final PageReader reader;
  private final PageCache pages;
  private final Semaphore reads;
  private final FeedMetrics metrics;
  private final ConcurrentMap<Long, CompletableFuture<@Nullable Page>> awaited =
      new ConcurrentHashMap<>();
  private final AtomicLong heldAfter = new AtomicLong();
  private volatile boolean failing;

  /**
   * @param feed where the pages end
   * @param reads how many pages may be read at once
   */
  History(FeedLog feed, PageReader reader, PageCache pages, Semaphore reads, FeedMetrics metrics) {
    this.feed = feed;
    this.reader = reader;
    this.pages = pages;
    this.reads = reads;
    this.metrics = metrics;
  }

  /** Tells whether everything from right after the sequence up to the feed can be had. */
  boolean reachesBackTo(long sequence) {
    return sequence >= heldAfter.get() && sequence <= feed.head().sequence();
  }

  /** Of what came up to this sequence something is no longer in the stream. */
  void cutOff(long sequence) {
    heldAfter.accumulateAndGet(sequence, Math::max);
  }

  /** Nobody gets the texts with these sequences any more. */
  void erase(List<Long> sequences) {
    pages.erase(sequences);
  }

  /**
   * Returns the page with what comes right after a sequence, or nothing when it could not be had
   * within a moment: then ask again.
   *
   * @param sequence below the head of the feed
   * @param share of the client that asks
   * @throws CutOffException if what comes after it is no longer in the stream
   */
  @Nullable Page pageAfter(long sequence, PastShare share)
      throws CutOffException, InterruptedException {
    long number = Page.numberAfter(sequence);
    Page page = held(number, sequence);
    // Whoever is not at turn is not waited for by others, who may need the same page.
    if (page == null && share.begin(TIMEOUT)) {
      try {
        page = share(number, sequence);
      } finally {
        share.end();
      }
    }
    if (page != null && page.after() > sequence) {
      cutOff(page.after());
      throw new CutOffException(sequence);
    }
    return page;
  }

  /** A page that ended at the head of the stream may be too short by now. */
  private @Nullable Page held(long number, long sequence) {
    return reaching(pages.get(number), sequence);
  }

  private static @Nullable Page reaching(@Nullable Page page, long sequence) {
    return page != null && page.to() > sequence ? page : null;
  }

  private @Nullable Page share(long number, long sequence) throws InterruptedException {
    CompletableFuture<@Nullable Page> ours = new CompletableFuture<>();
    CompletableFuture<@Nullable Page> others = awaited.putIfAbsent(number, ours);
    if (others != null) {
      return reaching(await(others), sequence);
    }
    Page page = null;
    try {
      // Whoever was here a moment ago may have read it.
      page = held(number, sequence);
      if (page == null) {
        page = readInTurn(number);
      }
      return page;
    } finally {
      awaited.remove(number);
      ours.complete(page);
    }
  }

  private static @Nullable Page await(CompletableFuture<@Nullable Page> page)
      throws InterruptedException {
    try {
      return page.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private @Nullable Page readInTurn(long number) throws InterruptedException {
    if (!reads.tryAcquire(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
      return null;
    }
    try {
      return read(number);
    } finally {
      reads.release();
    }
  }

  private @Nullable Page read(long number) throws InterruptedException {
    try {
      Page page = pages.put(number, reader.read(number, feed.head()));
      metrics.replayReads().increment();
      recovered();
      return page;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      failed(e);
      return null;
    }
  }

  private void recovered() {
    if (failing) {
      failing = false;
      log.info("history state=recovered");
    }
  }

  /** The turn is kept meanwhile: nobody else would have more luck at once. */
  private void failed(Exception e) throws InterruptedException {
    if (!failing) {
      failing = true;
      log.warn("history state=failing reason=\"{}\"", e.toString());
    }
    Thread.sleep(ThreadLocalRandom.current().nextLong(TIMEOUT.toMillis() / 2, TIMEOUT.toMillis()));
  }
}
