package meower.e2e.chaos.history;

/**
 * One broken promise.
 *
 * @param at when what it is about happened, in {@link System#nanoTime()}
 */
public record Violation(Kind kind, long at, String what) {

  /** Which promise. */
  public enum Kind {
    LOST("lost"),
    DOUBLED("doubled"),
    OUT_OF_ORDER("out of order"),
    INVENTED("invented"),
    CHANGED("changed"),
    UNTRUE_POSITION("untrue position"),
    NOT_RESUMED("not resumed"),
    SHOWN_AFTER_DELETION("shown after deletion"),
    NOT_TOLD("not told"),
    CAME_BACK("come back"),
    WRONG_EDIT("edit lost, doubled or merged"),
    NOT_YOURS("not yours"),
    NOT_ERASED("not erased"),
    WRONG_ANSWER("wrong answer"),
    MESSAGE_LOST("message lost"),
    MESSAGE_DOUBLED("message doubled"),
    LEASE_SHARED("lease shared"),
    UNTRUE_SETTLEMENT("untrue settlement"),
    QUEUE_OUT_OF_ORDER("queue out of order"),
    FEED_MISSED("feed missed"),
    FEED_DOUBLED("feed doubled"),
    FEED_OUT_OF_ORDER("feed out of order"),
    CALLBACK_UNSIGNED("callback unsigned"),
    CALLBACK_LOST("callback lost"),
    PRESENCE_GHOST("presence ghost"),
    PRESENCE_MISSING("presence missing"),
    SLOW_RECOVERY("slow recovery"),
    DISAGREEMENT("disagreement");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }
}
