package meower.program.change;

import java.util.List;

/**
 * What of the changes of a program comes after one of them, at one moment.
 *
 * @param isPublic whether other programs may know
 * @param version of the last change there is
 * @param keptAfter changes up to this one are not kept any more
 * @param next what comes next, in order; not more than was asked for
 */
public record Changes(boolean isPublic, long version, long keptAfter, List<PresenceChange> next) {

  public Changes {
    next = List.copyOf(next);
  }

  /**
   * Tells whether everything after a version is kept. Of one that is still to come nobody knows
   * what it was: a database that was restored counts from an earlier one again.
   */
  public boolean covers(long position) {
    return keptAfter <= position && position <= version;
  }
}
