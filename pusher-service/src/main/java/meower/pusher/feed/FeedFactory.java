package meower.pusher.feed;

import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Message;
import io.nats.client.api.StreamInfo;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import meower.nats.NatsLink;
import meower.pusher.frame.EventFrames;
import meower.pusher.page.Erasures;
import meower.pusher.page.PageCache;
import meower.pusher.page.PageReader;
import meower.schema.MalformedEventException;
import meower.schema.MeowStream;
import meower.schema.Position;
import meower.stream.PastReader;
import meower.stream.StreamScan;
import meower.stream.Streams;
import meower.stream.signing.EventDecoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins feeds, one for each epoch of the stream. */
public final class FeedFactory {

  private static final Logger log = LoggerFactory.getLogger(FeedFactory.class);
  private static final int BATCH = 1024;

  private final NatsLink link;
  private final Clock clock;
  private final PageReader pages;
  private final EventDecoder events;
  private final FeedProperties properties;
  private final FeedMetrics metrics;
  private final Semaphore reads;

  FeedFactory(
      NatsLink link,
      Streams streams,
      FeedProperties properties,
      MeterRegistry registry,
      Clock clock) {
    this.link = link;
    this.clock = clock;
    this.events = streams.events();
    this.pages = new PageReader(new PastReader(link, streams), streams.events());
    this.properties = properties;
    this.metrics = new FeedMetrics(registry);
    this.reads = new Semaphore(properties.replayReads(), true);
  }

  /**
   * Begins a feed whose log starts where the stream stands.
   *
   * @throws Exception if the stream cannot be read now, or has changed meanwhile
   */
  public FeedWriter begin(StreamInfo info) throws Exception {
    Position start = Streams.lastPosition(info);
    EventFrames frames = pages.framesAfter(start);
    FeedLog newest = new FeedLog(start, properties.logFrames(), properties.logBytes().toBytes());
    PageCache cache =
        new PageCache(properties.replayBytes().toBytes(), new Erasures(System::nanoTime));
    eraseWhatWasDeleted(cache, start.epoch());
    History history = new History(newest, pages, cache, reads, metrics);
    return new FeedWriter(
        new Feed(newest, history, metrics, properties.maxSearches()), frames, metrics);
  }

  /** What was deleted shortly before the feed begins may still be in the stream. */
  private void eraseWhatWasDeleted(PageCache cache, String epoch) throws Exception {
    Instant since = clock.instant().minus(Erasures.KEPT);
    try (StreamScan scan = StreamScan.since(since, MeowStream.DELETED, link.connection())) {
      List<Message> deletions = scan.next(BATCH);
      while (!deletions.isEmpty()) {
        for (Message deletion : deletions) {
          erase(deletion, epoch, cache);
        }
        deletions = scan.next(BATCH);
      }
    }
  }

  private void erase(Message deletion, String epoch, PageCache cache) {
    try {
      events.decode(deletion, epoch);
      cache.erase(EventFrames.earlier(deletion.getHeaders()));
    } catch (MalformedEventException e) {
      // No event: it takes nothing back, here as in the feed; the indexer parks it.
      log.debug("deletion=malformed reason=\"{}\"", e.getMessage());
    }
  }
}
