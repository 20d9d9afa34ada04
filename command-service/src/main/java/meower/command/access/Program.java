package meower.command.access;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import meower.web.pass.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A program that takes part.
 *
 * @param scopes as they are written
 * @param lastUsedAt to the minute
 */
@Table("program")
record Program(
    @Id String name, Set<String> scopes, Instant createdAt, @Nullable Instant lastUsedAt) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,60}");

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  static Program of(String name, Set<Scope> scopes, Instant now) {
    return new Program(
        name, scopes.stream().map(Scope::label).collect(Collectors.toSet()), now, null);
  }

  /** A scope that a newer version has given opens nothing here. */
  Set<Scope> known() {
    return scopes.stream().map(Scope::of).flatMap(Optional::stream).collect(Collectors.toSet());
  }

  static String allScopes() {
    return Arrays.stream(Scope.values()).map(Scope::label).collect(Collectors.joining(", "));
  }
}
