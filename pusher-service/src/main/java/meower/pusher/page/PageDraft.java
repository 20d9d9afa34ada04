package meower.pusher.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import meower.pusher.frame.EventFrames;
import meower.pusher.frame.Frame;
import meower.pusher.frame.WireFrame;

/** A page that is being made. What is deleted within it does not come into it. */
final class PageDraft {

  private final Map<Long, Frame> frames = new LinkedHashMap<>();

  /** Takes what became of the next message. */
  void take(long sequence, EventFrames.Outcome outcome) {
    switch (outcome) {
      case EventFrames.Outcome.Created(WireFrame wire, List<String> topics) ->
          add(sequence, Frame.Kind.CREATED, wire, topics);
      case EventFrames.Outcome.Edited(WireFrame wire) ->
          add(sequence, Frame.Kind.EDITED, wire, List.of());
      case EventFrames.Outcome.Deleted(WireFrame wire, List<Long> earlier) -> {
        earlier.forEach(this::remove);
        add(sequence, Frame.Kind.DELETED, wire, List.of());
      }
      case EventFrames.Outcome.Repeated _, EventFrames.Outcome.Malformed _ -> {}
    }
  }

  /**
   * Returns the page.
   *
   * @param after everything after this sequence was taken
   * @param to everything up to this sequence was taken
   */
  Page page(long after, long to) {
    return Page.of(after, to, new ArrayList<>(frames.values()));
  }

  private void add(long sequence, Frame.Kind kind, WireFrame wire, List<String> topics) {
    frames.put(sequence, new Frame(frames.size(), sequence, kind, wire, topics));
  }

  /** Another deletion of the same meow stays: a refilled stream has it in several places. */
  private void remove(long sequence) {
    frames.computeIfPresent(sequence, (_, frame) -> frame.hasText() ? null : frame);
  }
}
