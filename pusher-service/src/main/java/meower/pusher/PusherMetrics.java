package meower.pusher;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What the pusher counts.
 *
 * <p>{@code frames.sent} grows by {@code subscribers} for each {@code frames.appended} while nobody
 * is slow; alert when {@code subscribers.gaps} or {@code subscribers.stalled} grow faster than a
 * few browsers explain, and on any growth of {@code events.skipped}.
 *
 * @param appended {@code meower.frames.appended}: meows that came from the stream
 * @param sent {@code meower.frames.sent}: frames of any kind that a socket has taken
 * @param gaps {@code meower.subscribers.gaps}: times that a slow browser lost meows
 * @param stalled {@code meower.subscribers.stalled}: dropped because they took nothing
 * @param silent {@code meower.subscribers.silent}: closed because no pong came
 * @param refused {@code meower.subscribers.refused}: told to try again later
 * @param skipped {@code meower.events.skipped}: messages of the stream that are no event
 * @param repeated {@code meower.events.repeated}: meows that were in the stream twice
 * @param replays {@code meower.replay.begun}: browsers that came back with a position older than
 *     the log
 * @param replayReads {@code meower.replay.reads}: pages of the past that were read from the stream;
 *     far fewer than pages sent, because browsers share them
 */
record PusherMetrics(
    Counter appended,
    Counter sent,
    Counter gaps,
    Counter stalled,
    Counter silent,
    Counter refused,
    Counter skipped,
    Counter repeated,
    Counter replays,
    Counter replayReads) {

  PusherMetrics(MeterRegistry registry) {
    this(
        registry.counter("meower.frames.appended"),
        registry.counter("meower.frames.sent"),
        registry.counter("meower.subscribers.gaps"),
        registry.counter("meower.subscribers.stalled"),
        registry.counter("meower.subscribers.silent"),
        registry.counter("meower.subscribers.refused"),
        registry.counter("meower.events.skipped"),
        registry.counter("meower.events.repeated"),
        registry.counter("meower.replay.begun"),
        registry.counter("meower.replay.reads"));
  }
}
