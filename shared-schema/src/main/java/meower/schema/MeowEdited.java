package meower.schema;

import java.time.Instant;

/**
 * A meow got another text.
 *
 * @param revision 2 or more
 * @param body its whole text from now on, of the same form as that of {@link MeowCreated}
 * @param createdAt when the meow was created, for readers that know nothing of it yet
 * @param editedAt the moment the command service accepted the edit
 */
public record MeowEdited(MeowId id, int revision, String body, Instant createdAt, Instant editedAt)
    implements MeowEvent {

  /**
   * @throws IllegalArgumentException if the body is empty or the revision is that of a creation
   */
  public MeowEdited {
    if (body.isEmpty()) {
      throw new IllegalArgumentException("the body of a meow is not empty");
    }
    MeowEvent.requireLater(revision);
  }
}
