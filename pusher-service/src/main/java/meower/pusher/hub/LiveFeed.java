package meower.pusher.hub;

import io.nats.client.Message;
import io.nats.client.api.StreamInfo;
import meower.pusher.feed.FeedFactory;
import meower.pusher.feed.FeedWriter;
import meower.schema.Position;
import meower.stream.StreamProjection;
import org.jspecify.annotations.Nullable;

/** Has the {@link Hub} serve the feed of the stream that is followed, and keeps it up to date. */
final class LiveFeed implements StreamProjection {

  private final FeedFactory feeds;
  private final Hub hub;
  private @Nullable FeedWriter writer;

  LiveFeed(FeedFactory feeds, Hub hub) {
    this.feeds = feeds;
    this.hub = hub;
  }

  @Override
  public @Nullable Position head() {
    return writer == null ? null : writer.head();
  }

  @Override
  public void begin(StreamInfo info) throws Exception {
    FeedWriter begun = feeds.begin(info);
    writer = begun;
    hub.begin(begun.feed());
  }

  @Override
  public void on(Message message) {
    if (writer != null) {
      writer.append(message);
      hub.wakeSoon();
    }
  }

  @Override
  public void passed(long sequence) {
    if (writer != null) {
      writer.passed(sequence);
      hub.wakeSoon();
    }
  }

  @Override
  public void checked(StreamInfo info) {
    if (writer != null) {
      writer.cutOff(info.getStreamState().getFirstSequence() - 1);
    }
  }
}
