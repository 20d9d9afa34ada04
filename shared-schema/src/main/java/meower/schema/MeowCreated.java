package meower.schema;

import java.time.Instant;

/**
 * A meow was accepted: it is stored and will appear to everybody.
 *
 * @param id the meow
 * @param body its text as it was stored: NFC, trimmed, 1–140 code points; readers do not judge it
 *     again, or a later, longer limit would break them
 * @param createdAt the moment the command service accepted it
 */
public record MeowCreated(MeowId id, String body, Instant createdAt) implements MeowEvent {

  /**
   * @throws IllegalArgumentException if the body is empty
   */
  public MeowCreated {
    if (body.isEmpty()) {
      throw new IllegalArgumentException("the body of a meow is not empty");
    }
  }

  @Override
  public int revision() {
    return EventKey.CREATION;
  }
}
