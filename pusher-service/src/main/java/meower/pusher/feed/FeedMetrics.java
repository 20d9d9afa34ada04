package meower.pusher.feed;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What the feed counts. Alert when {@code subscribers.gaps} grows faster than a few slow browsers
 * explain, and on any growth of {@code events.skipped}.
 *
 * @param appended {@code meower.frames.appended}: events that came from the stream
 * @param gaps {@code meower.subscribers.gaps}: times that a slow browser lost meows
 * @param edited {@code meower.events.edited}: those of them that were edits
 * @param deleted {@code meower.events.deleted}: those of them that were deletions
 * @param skipped {@code meower.events.skipped}: messages of the stream that are no event
 * @param repeated {@code meower.events.repeated}: events that were in the stream twice
 * @param replays {@code meower.replay.begun}: browsers that came back with a position older than
 *     the log
 * @param replayReads {@code meower.replay.reads}: pages of the past that were read from the stream;
 *     far fewer than pages sent, because browsers share them
 * @param compared {@code meower.searches.tried}: how often an event was compared with a standing
 *     search that it might match
 * @param found {@code meower.searches.matched}: how often it did
 */
record FeedMetrics(
    Counter appended,
    Counter gaps,
    Counter edited,
    Counter deleted,
    Counter skipped,
    Counter repeated,
    Counter replays,
    Counter replayReads,
    Counter compared,
    Counter found) {

  FeedMetrics(MeterRegistry registry) {
    this(
        registry.counter("meower.frames.appended"),
        registry.counter("meower.subscribers.gaps"),
        registry.counter("meower.events.edited"),
        registry.counter("meower.events.deleted"),
        registry.counter("meower.events.skipped"),
        registry.counter("meower.events.repeated"),
        registry.counter("meower.replay.begun"),
        registry.counter("meower.replay.reads"),
        registry.counter("meower.searches.tried"),
        registry.counter("meower.searches.matched"));
  }
}
