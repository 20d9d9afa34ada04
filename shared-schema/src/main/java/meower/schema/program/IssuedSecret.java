package meower.schema.program;

import org.jspecify.annotations.Nullable;

/**
 * What a program is known by from now on.
 *
 * @param token told this once; nothing when there is a password
 */
public record IssuedSecret(String program, @Nullable String token) {

  /** Nobody's log has the token. */
  @Override
  public String toString() {
    return "IssuedSecret[program=" + program + "]";
  }
}
