package meower.program.receiver;

import java.util.Locale;

/** How a receiver is doing. */
public enum Phase {
  /** It has not shown yet that it wants to be called: it gets nothing but the challenge. */
  UNVERIFIED,
  /** It takes what it gets. */
  OK,
  /** It is down or refuses all: one call at a time tries whether it is back. */
  FAILING,
  /** It is not called until somebody resumes it. */
  PAUSED;

  /** Returns the word for it in the table and in answers. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Phase of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
