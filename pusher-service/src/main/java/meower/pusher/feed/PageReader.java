package meower.pusher.feed;

import io.nats.client.Message;
import java.util.ArrayList;
import java.util.List;
import meower.nats.PastReader;
import meower.nats.RecentEvents;
import meower.schema.Position;

/** Makes pages out of what the stream holds. */
final class PageReader {

  private final PastReader past;

  PageReader(PastReader past) {
    this.past = past;
  }

  /**
   * Reads a page.
   *
   * @param head where the live feed is; the page goes no further
   * @throws Exception if it cannot be had now; see {@link PastReader#read}
   */
  Page read(long number, Position head) throws Exception {
    long start = Page.start(number);
    long to = Math.min(start + Page.SIZE, head.sequence());
    EventFrames events = new EventFrames(head);
    List<Frame> frames = new ArrayList<>();
    FrameMemory memory = new FrameMemory();
    long after = start;
    long last = start;
    for (Message message : past.read(Math.max(0, start - RecentEvents.SPAN), head.at(to))) {
      long sequence = message.metaData().streamSequence();
      EventFrames.Outcome outcome = events.of(message);
      if (sequence > start) {
        after = sequence == last + 1 ? after : sequence - 1;
        last = sequence;
        if (outcome instanceof EventFrames.Outcome.Shown(WireFrame wire, List<String> topics)) {
          frames.add(new Frame(frames.size(), sequence, memory.add(wire), topics));
        }
      }
    }
    return new Page(last == to ? after : to, to, frames);
  }

  /** Begins to make frames of what comes after a position, knowing what went by before it. */
  EventFrames framesAfter(Position position) throws Exception {
    EventFrames events = new EventFrames(position);
    long before = Math.max(0, position.sequence() - RecentEvents.SPAN);
    if (before < position.sequence()) {
      past.read(before, position).forEach(events::of);
    }
    return events;
  }
}
