package meower.pusher.feed;

import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.api.StreamInfo;
import java.util.concurrent.Semaphore;
import meower.nats.NatsLink;
import meower.nats.PastReader;
import meower.nats.Streams;
import meower.schema.Position;

/** Begins feeds, one for each life of the stream. */
public final class FeedFactory {

  private final PageReader pages;
  private final FeedProperties properties;
  private final FeedMetrics metrics;
  private final Semaphore reads;

  FeedFactory(NatsLink link, Streams streams, FeedProperties properties, MeterRegistry registry) {
    this.pages = new PageReader(new PastReader(link, streams));
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
    FeedLog log = new FeedLog(start, properties.logFrames(), properties.logBytes().toBytes());
    PageCache cache =
        new PageCache(properties.replayBytes().toBytes(), new Erasures(System::nanoTime));
    History history = new History(log, pages, cache, reads, metrics);
    return new FeedWriter(new Feed(log, history, metrics), frames, metrics);
  }
}
