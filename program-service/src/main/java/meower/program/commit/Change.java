package meower.program.commit;

import java.util.Collection;

/** Something that is to be stored. */
public interface Change {

  /**
   * What no other change of the same commit may be about; the later one waits for the next commit.
   */
  Collection<?> claims();

  /** About how many bytes it brings. */
  long size();
}
