package meower.command.post;

import meower.web.ProblemException;

/** A post that is under way. */
@FunctionalInterface
public interface BegunPost {

  /**
   * Waits until it is decided, not for longer than an answer may take.
   *
   * @throws ProblemException if nothing was stored, or if that cannot be said
   */
  Posted await();
}
