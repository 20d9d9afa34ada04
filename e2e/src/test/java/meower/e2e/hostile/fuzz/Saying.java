package meower.e2e.hostile.fuzz;

import java.util.Optional;

/**
 * A text that a program says over its socket: whatever it is, it has to be answered.
 *
 * @param text its bytes
 * @param frames in which it is sent
 * @param ref which the answer has to repeat
 * @param said of which it is known whether it has to be accepted, and as what
 */
record Saying(String text, String frames, Optional<String> ref, Optional<String> said) {}
