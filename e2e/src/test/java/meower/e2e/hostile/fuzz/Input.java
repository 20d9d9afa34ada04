package meower.e2e.hostile.fuzz;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import meower.e2e.hostile.wire.Door;
import meower.e2e.hostile.wire.Wire;

/**
 * What is sent on one connection, and what is known about it.
 *
 * @param number with the seed, enough to make it again
 * @param wire what is sent first: the requests, or the handshake
 * @param frames what is sent after the handshake was accepted, and the sayings were answered
 * @param form what it is
 * @param size how many requests and frames it has
 * @param heads for each request, {@code h} when it is a HEAD
 * @param said the text of a post that nothing else is wrong with
 * @param sayings what a program says right after the handshake
 */
record Input(
    long number,
    Door door,
    String wire,
    String frames,
    Form form,
    int size,
    String heads,
    Optional<String> said,
    List<Saying> sayings) {

  Input {
    sayings = List.copyOf(sayings);
  }

  /** How an input is to be answered. */
  enum Form {
    /** HTTP that begins and ends where it says: each request has to be answered. */
    REQUESTS,
    /** Something else: answered, or the connection ends. */
    GARBAGE,
    /** A WebSocket handshake and frames. */
    SOCKET
  }

  boolean isHead(int request) {
    return request < heads.length() && heads.charAt(request) == 'h';
  }

  Input withWire(String other) {
    return new Input(
        number, door, other, frames, Form.GARBAGE, size, heads, Optional.empty(), List.of());
  }

  /** The frames of all sayings. */
  String spoken() {
    return sayings.stream().map(Saying::frames).collect(Collectors.joining());
  }

  /** The bytes, in a form that printf understands. */
  @Override
  public String toString() {
    String spoken = spoken() + frames;
    return "input %d to %s: %s%s"
        .formatted(
            number,
            door,
            Wire.printable(wire),
            spoken.isEmpty() ? "" : "\n  and after the 101: " + Wire.printable(spoken));
  }
}
