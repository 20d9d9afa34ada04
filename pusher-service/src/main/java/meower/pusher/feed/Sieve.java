package meower.pusher.feed;

import java.util.Set;
import meower.pusher.frame.Frame;
import meower.pusher.frame.WireFrame;
import meower.search.StandingSearch;
import org.jspecify.annotations.Nullable;

/** Picks what a reader wants out of everything. */
interface Sieve {

  /** Returns what the reader gets of a frame, if anything. */
  @Nullable WireFrame pick(Frame frame);

  /** Picks what is wanted. */
  static Sieve of(Selection selection) {
    return switch (selection) {
      case Selection.Topics(Set<String> names) -> frame -> about(names, frame);
      case Selection.Search(var query) -> {
        StandingSearch search = new StandingSearch(query);
        yield frame -> found(search, frame);
      }
    };
  }

  private static @Nullable WireFrame about(Set<String> names, Frame frame) {
    return frame.isForEverybody() || frame.topics().stream().anyMatch(names::contains)
        ? frame.wire()
        : null;
  }

  /** An edit says whether the new text is found: with the matches, or without. */
  private static @Nullable WireFrame found(StandingSearch search, Frame frame) {
    @Nullable WireFrame otherwise = frame.isForEverybody() ? frame.wire() : null;
    if (!frame.hasText()) {
      return otherwise;
    }
    SearchedFrame searched = SearchedFrame.of(frame.wire());
    return search.matches(searched.text()).map(searched::with).orElse(otherwise);
  }
}
