package meower.query.model;

import meower.schema.DeadLetterStream;

/**
 * What an operator's command asks of the query service over NATS, and one of its instances answers.
 *
 * <p>The subjects are outside of what any stream takes in: nobody needs a request after its moment.
 */
public final class IndexRequests {

  /**
   * Fill a new index and let readers follow to it; joins a rebuild under way: {@link IndexStatus}.
   */
  public static final String REBUILD = "index.rebuild";

  /** How the indexes stand: {@link IndexStatus}. */
  public static final String STATUS = "index.status";

  /**
   * Try a dead letter again; the request is its sequence in {@link DeadLetterStream} in decimal
   * digits: {@link RequeueResult}.
   */
  public static final String REQUEUE = "index.requeue";

  /** Throw a dead letter away; the request is its number, as in {@link #REQUEUE}. */
  public static final String DISCARD = "index.discard";

  /** Everything that a search finds, part by part: {@link FindRequest}, {@link FindResult}. */
  public static final String FIND = "index.find";

  private IndexRequests() {}
}
