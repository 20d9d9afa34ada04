package meower.schema.program;

import org.jspecify.annotations.Nullable;

/**
 * Another secret for a program.
 *
 * @param password the secret; without one it gets a token
 * @param weak whether the password may be short
 * @param keepSeconds for how long the secrets that it has are still good
 */
public record NewSecret(String program, @Nullable String password, boolean weak, long keepSeconds) {

  /** Nobody's log has the password. */
  @Override
  public String toString() {
    return "NewSecret[program=" + program + ", keepSeconds=" + keepSeconds + "]";
  }
}
