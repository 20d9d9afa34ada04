package meower.schema;

/**
 * The JetStream stream where messages are parked that can never be processed, for an operator.
 *
 * <p>A dead letter keeps the payload and the headers of the message that it was, and adds the
 * headers named here.
 */
public final class DeadLetterStream {

  /** The stream's name. */
  public static final String NAME = "DEAD_LETTERS";

  /** What the stream takes in. */
  public static final String SUBJECTS = "dead-letter.>";

  /** Header: why it could not be processed, one line of text. */
  public static final String REASON = "Meower-Reason";

  /** How a {@link #REASON} begins: the command service has not written the message. */
  public static final String FORGED = "forged";

  /** Header: who could not process it: {@link #INDEXER} or {@link #LOOK_UPS}. */
  public static final String CONSUMER = "Meower-Consumer";

  /** A {@link #CONSUMER}: what brings events into the index. */
  public static final String INDEXER = "indexer";

  /** A {@link #CONSUMER}: what asks about objects that programs report. */
  public static final String LOOK_UPS = "look-ups";

  /** Header: the {@link Position} of the message in its stream. */
  public static final String POSITION = "Meower-Position";

  private static final String PREFIX = "dead-letter.";

  private DeadLetterStream() {}

  /**
   * Returns the subject under which a message is parked, so that it can be found.
   *
   * @param subject the subject of the message, for example {@code meow.created}
   * @param position its place in its stream
   */
  public static String subjectOf(String subject, Position position) {
    return PREFIX + subject + "." + position;
  }
}
