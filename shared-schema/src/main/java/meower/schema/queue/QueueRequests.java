package meower.schema.queue;

/**
 * What operators' commands ask the program service over NATS. One instance answers each question.
 *
 * <p>The subjects are outside of what any stream takes in: nobody needs a request after its moment.
 */
public final class QueueRequests {

  /** All queues: nothing, {@link QueueStatus}[]. */
  public static final String LIST = "program.queues.list";

  /** One queue: {@link QueueName}, {@link QueueStatus}. */
  public static final String SHOW = "program.queues.show";

  /** Its newest dead letters: {@link QueueName}, {@link DeadLetterLine}[]. */
  public static final String DEAD_LETTERS = "program.queues.dead-letters";

  /** Puts all its dead letters back: {@link QueueName}, {@link QueueStatus} afterwards. */
  public static final String REQUEUE = "program.queues.requeue";

  /** Lets nobody fetch: {@link QueueName}, {@link QueueStatus}. */
  public static final String PAUSE = "program.queues.pause";

  /**
   * Lets everybody fetch again, and has a receiver that is paused called again: {@link QueueName},
   * {@link QueueStatus}.
   */
  public static final String RESUME = "program.queues.resume";

  /** So many queues or letters an answer has at most. */
  public static final int MOST = 1000;

  private QueueRequests() {}
}
