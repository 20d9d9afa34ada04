package meower.pusher.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import meower.pusher.frame.Batch;
import meower.pusher.frame.Frame;
import meower.pusher.frame.WireFrame;
import meower.search.SearchQuery;
import org.jspecify.annotations.Nullable;

/**
 * The logs of what is selected and of the edits and deletions, read as one: in the order of the
 * stream, and a meow about two topics once.
 *
 * <p>What it reads ends where the feed's own log ended before it began to look. A topic's log may
 * be further by then, and another one not yet: to go on there would skip a meow.
 *
 * <p>Belongs to one thread.
 */
final class SelectionReader {

  private final Sieve sieve;
  private final boolean search;
  private final List<Runnable> joined = new ArrayList<>();
  private final List<Track> tracks = new ArrayList<>();
  private boolean complete = true;
  private long sequence;

  /** Where the reader is in one log. */
  private static final class Track {

    final FeedLog log;
    long offset = FeedLog.NOT_HELD;

    Track(FeedLog log) {
      this.log = log;
    }

    boolean isHeld() {
      return offset != FeedLog.NOT_HELD;
    }

    /** Returns the next frame; without one, the track is at the end or no longer held. */
    @Nullable Frame next() {
      if (!isHeld() || offset == log.next()) {
        return null;
      }
      Frame frame = log.get(offset);
      if (frame == null) {
        offset = FeedLog.NOT_HELD;
      }
      return frame;
    }
  }

  /** Joins what is selected; it is left with {@link #close}. */
  SelectionReader(Feed feed, Selection selection) {
    this.sieve = Sieve.of(selection);
    this.search = selection instanceof Selection.Search;
    switch (selection) {
      case Selection.Topics(Set<String> names) ->
          names.forEach(name -> add(feed.join(name), () -> feed.leave(name)));
      case Selection.Search(SearchQuery query) -> add(feed.join(query), () -> feed.leave(query));
    }
    // Behind the others: what a search has found of an edit goes before the edit as it is.
    tracks.add(new Track(feed.changes()));
  }

  private void add(@Nullable FeedLog log, Runnable leave) {
    if (log == null) {
      complete = false;
    } else {
      joined.add(leave);
      tracks.add(new Track(log));
    }
  }

  /** Tells whether there is a log of all that is selected: there may be too many. */
  boolean isComplete() {
    return complete;
  }

  /** Returns what the reader gets of a frame that comes from elsewhere, if anything. */
  @Nullable WireFrame pick(Frame frame) {
    return sieve.pick(frame);
  }

  /** Tells whether it compares texts with a search, and not only topics. */
  boolean isSearch() {
    return search;
  }

  /** Tells whether the logs have everything from where the reader is. */
  boolean isHeld() {
    return complete && tracks.stream().allMatch(Track::isHeld);
  }

  boolean isAtEnd() {
    return tracks.stream().allMatch(track -> track.offset == track.log.next());
  }

  /**
   * Goes right behind a sequence, unless it is there; returns false when not everything is held.
   */
  boolean reach(long after) {
    if (!isHeld()) {
      sequence = after;
      tracks.forEach(track -> track.offset = track.log.offsetAfter(after));
    }
    return isHeld();
  }

  /** Returns the sequence up to which everything has been read. */
  long sequence() {
    return sequence;
  }

  /**
   * Returns what comes next and moves behind it. Fewer frames than the most are all there are,
   * unless the reader has fallen out of a log.
   *
   * @param upTo how far it reads: what the feed's log had reached before
   */
  Batch read(int most, long upTo) {
    Batch batch = new Batch();
    Frame frame = next(upTo);
    while (frame != null) {
      batch.add(frame.wire());
      pass(frame.sequence());
      frame = batch.size() < most ? next(upTo) : null;
    }
    if (batch.size() < most && isHeld()) {
      sequence = upTo;
    }
    return batch;
  }

  void close() {
    joined.forEach(Runnable::run);
  }

  private @Nullable Frame next(long upTo) {
    Frame next = null;
    for (Track track : tracks) {
      Frame frame = track.next();
      if (!track.isHeld()) {
        return null;
      }
      if (frame != null
          && frame.sequence() <= upTo
          && (next == null || frame.sequence() < next.sequence())) {
        next = frame;
      }
    }
    return next;
  }

  private void pass(long passed) {
    sequence = passed;
    for (Track track : tracks) {
      Frame frame = track.next();
      if (frame != null && frame.sequence() == passed) {
        track.offset++;
      }
    }
  }
}
