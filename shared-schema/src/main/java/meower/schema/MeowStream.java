package meower.schema;

import java.time.Duration;

/** The JetStream stream that carries every event, in the one order that everybody sees. */
public final class MeowStream {

  /** The stream's name. */
  public static final String NAME = "MEOWS";

  /** What the stream takes in. */
  public static final String SUBJECTS = "meow.>";

  /** The subject of {@link MeowCreated}. */
  public static final String CREATED = "meow.created";

  /** The subject of {@link MeowEdited}. */
  public static final String EDITED = "meow.edited";

  /** The subject of {@link MeowDeleted}. */
  public static final String DELETED = "meow.deleted";

  /** The header that says that the command service has written the message. */
  public static final String SIGNATURE = "Meower-Signature";

  /** For how long the stream refuses a second message with the same message id. */
  public static final Duration DUPLICATE_WINDOW = Duration.ofMinutes(10);

  private MeowStream() {}
}
