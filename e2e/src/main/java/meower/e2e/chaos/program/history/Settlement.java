package meower.e2e.chaos.program.history;

/**
 * What somebody wanted to do with a lease, and what was answered.
 *
 * @param sentAt in {@link System#nanoTime()}
 * @param answeredAt when the answer was here, or that there is none
 * @param nanos how long an extended lease is; 0 for other deeds
 */
public record Settlement(
    String lease, Deed deed, long sentAt, long answeredAt, Outcome outcome, long nanos) {

  /** What was to be done. */
  public enum Deed {
    ACKNOWLEDGE,
    REQUEUE,
    REJECT,
    EXTEND;

    /** Whether nobody gets the message again afterwards. */
    public boolean isFinal() {
      return this == ACKNOWLEDGE || this == REJECT;
    }
  }

  /** What was answered. */
  public enum Outcome {
    /** 204, or 200 for an extended one. */
    DONE,
    /** 409: it comes again. */
    LOST,
    /** 404: nobody gets it again. */
    GONE,
    /** Nothing, or that nobody can say. */
    UNKNOWN
  }

  /** Whether it may have been carried out. */
  public boolean mayBeDone() {
    return outcome == Outcome.DONE || outcome == Outcome.UNKNOWN;
  }
}
