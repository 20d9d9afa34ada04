package meower.operations.audit;

import java.util.List;

/**
 * A copy of what happened to meows that is compared with Postgres. Used by one thread at a time.
 */
interface Copy {

  /** Returns everything in a range; ranges come in their order, each once. */
  List<Found> next(Range range) throws Exception;
}
