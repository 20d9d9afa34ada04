package meower.pusher.hub;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What the hub counts.
 *
 * <p>{@code frames.sent} grows by {@code subscribers} for each {@code frames.appended} of the feed
 * while nobody is slow; alert when {@code subscribers.stalled} grows faster than a few browsers
 * explain.
 *
 * @param sent {@code meower.frames.sent}: frames of any kind that a socket has taken
 * @param stalled {@code meower.subscribers.stalled}: dropped because they took nothing
 * @param silent {@code meower.subscribers.silent}: closed because no pong came
 * @param flooding {@code meower.subscribers.flooding}: closed because they sent too many frames
 * @param refused {@code meower.subscribers.refused}: told to try again later
 */
record HubMetrics(
    Counter sent, Counter stalled, Counter silent, Counter flooding, Counter refused) {

  HubMetrics(MeterRegistry registry) {
    this(
        registry.counter("meower.frames.sent"),
        registry.counter("meower.subscribers.stalled"),
        registry.counter("meower.subscribers.silent"),
        registry.counter("meower.subscribers.flooding"),
        registry.counter("meower.subscribers.refused"));
  }
}
