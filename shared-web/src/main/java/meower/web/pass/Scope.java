package meower.web.pass;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a program may do. */
public enum Scope {

  /** Say meows over a socket. */
  POST,

  /** Have queues, publish into them and fetch from them. */
  QUEUES,

  /** Report sightings, and see who is here. */
  PRESENCE,

  /** Read the feed of a Meower that is not for everybody. */
  READ;

  /** Returns how it is written everywhere. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the scope that is written so. */
  public static Optional<Scope> of(String label) {
    return Arrays.stream(values()).filter(scope -> scope.label().equals(label)).findFirst();
  }
}
