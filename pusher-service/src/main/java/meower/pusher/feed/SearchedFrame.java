package meower.pusher.feed;

import java.util.List;
import meower.pusher.frame.Frames;
import meower.pusher.frame.WireFrame;
import meower.search.SearchedText;
import meower.text.TextRange;

/** The frame of a meow with a text, as searches see it. */
final class SearchedFrame {

  private final String frame;
  private final SearchedText text;

  private SearchedFrame(String frame) {
    this.frame = frame;
    this.text = SearchedText.of(Frames.body(frame));
  }

  /**
   * Takes a frame apart.
   *
   * @param wire of a meow that was created or edited, not blank
   */
  static SearchedFrame of(WireFrame wire) {
    return new SearchedFrame(wire.text());
  }

  SearchedText text() {
    return text;
  }

  /** Returns the frame for those whose search has found it. */
  WireFrame with(List<TextRange> matches) {
    return WireFrame.of(Frames.withMatches(frame, matches));
  }
}
