package meower.pusher.page;

import io.nats.client.Message;
import meower.pusher.frame.EventFrames;
import meower.schema.Position;
import meower.stream.PastReader;
import meower.stream.RecentEvents;
import meower.stream.signing.EventDecoder;

/** Makes pages out of what the stream holds. */
public final class PageReader {

  private final PastReader past;
  private final EventDecoder decoder;

  public PageReader(PastReader past, EventDecoder decoder) {
    this.decoder = decoder;
    this.past = past;
  }

  /**
   * Reads a page.
   *
   * @param head where the live feed is; the page goes no further
   * @throws Exception if it cannot be had now; see {@link PastReader#stretch}
   */
  public Page read(long number, Position head) throws Exception {
    long start = Page.start(number);
    long to = Math.min(start + Page.SIZE, head.sequence());
    EventFrames events = new EventFrames(head, decoder);
    PageDraft draft = new PageDraft();
    PastReader.Stretch stretch = past.stretch(Math.max(0, start - RecentEvents.SPAN), head.at(to));
    for (Message message : stretch.messages()) {
      long sequence = message.metaData().streamSequence();
      EventFrames.Outcome outcome = events.of(message);
      if (sequence > start) {
        draft.take(sequence, outcome);
      }
    }
    return draft.page(Math.max(start, stretch.heldAfter()), to);
  }

  /** Begins to make frames of what comes after a position, knowing what went by before it. */
  public EventFrames framesAfter(Position position) throws Exception {
    EventFrames events = new EventFrames(position, decoder);
    long before = Math.max(0, position.sequence() - RecentEvents.SPAN);
    if (before < position.sequence()) {
      past.read(before, position).forEach(events::of);
    }
    return events;
  }
}
