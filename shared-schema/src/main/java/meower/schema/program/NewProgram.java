package meower.schema.program;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A program that is to take part.
 *
 * @param name {@code [a-z0-9-]{1,60}}, of no other program
 * @param scopes what it may do: post, queues, presence, read
 * @param password its secret; without one it gets a token
 * @param weak whether the password may be short
 */
public record NewProgram(String name, Set<String> scopes, @Nullable String password, boolean weak) {

  public NewProgram {
    scopes = Set.copyOf(scopes);
  }

  /** Nobody's log has the password. */
  @Override
  public String toString() {
    return "NewProgram[name=" + name + ", scopes=" + scopes + "]";
  }
}
