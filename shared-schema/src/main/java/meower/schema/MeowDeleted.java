package meower.schema;

import java.time.Instant;

/**
 * A meow was taken back: nobody is shown it any more, whatever comes later.
 *
 * <p>It may stand where the creation or an edit stood in a stream that was lost: then it is the
 * first that readers hear of the meow, and tells them to show nothing there.
 *
 * @param revision 2 or more
 * @param createdAt when the meow was created
 * @param deletedAt the moment the command service accepted the deletion
 */
public record MeowDeleted(
    MeowId id, int revision, Instant createdAt, Instant deletedAt, DeletedBy by)
    implements MeowEvent {

  /**
   * @throws IllegalArgumentException if the revision is that of a creation
   */
  public MeowDeleted {
    MeowEvent.requireLater(revision);
  }
}
