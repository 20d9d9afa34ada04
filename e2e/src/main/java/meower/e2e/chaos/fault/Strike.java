package meower.e2e.chaos.fault;

import java.time.Duration;
import java.util.Optional;

/**
 * A fault that has happened.
 *
 * @param alone whether no other one was on at the same time
 * @param began in {@link System#nanoTime()}, like the others
 * @param ended when what was taken away was given back
 * @param recovered when everything worked again
 * @param whole when everything that was ended had started again: until then other instances did its
 *     work, and it took their processors
 * @param failure what did not work again
 */
public record Strike(
    Fault fault,
    boolean alone,
    long began,
    long ended,
    long recovered,
    long whole,
    Optional<String> failure) {

  public Duration recovery() {
    return Duration.ofNanos(recovered - ended);
  }
}
