package meower.web.pass;

import java.time.Instant;
import java.util.Set;

/**
 * Who somebody is and what they may do, as the service says that knows all of them. Others believe
 * it for as long as it is valid.
 *
 * @param program the name of the program, {@code [a-z0-9-]{1,60}}
 * @param ends when it is worth nothing any more, in whole seconds
 */
public record Pass(String program, Set<Scope> scopes, Instant ends) {

  /** The header in which nginx hands it to a service. It overwrites whatever a client sends. */
  public static final String HEADER = "Meower-Pass";

  public Pass {
    scopes = Set.copyOf(scopes);
  }
}
