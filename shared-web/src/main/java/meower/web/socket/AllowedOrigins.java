package meower.web.socket;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whose pages may connect: Meower's own, which come from the host and port to which the request was
 * sent, and those that the operator names.
 */
final class AllowedOrigins {

  private static final String ANY = "*";

  private final Set<String> named;
  private final Set<Origin> origins;

  /**
   * @param named by the operator; {@code *} for all
   */
  AllowedOrigins(List<String> named) {
    this.named = Set.copyOf(named);
    this.origins =
        named.stream()
            .map(Origin::parse)
            .filter(Objects::nonNull)
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Tells whether the page may connect.
   *
   * @param origin the request's Origin header
   * @param host the request's Host header
   */
  boolean include(String origin, @Nullable String host) {
    if (named.contains(ANY) || named.contains(origin)) {
      return true;
    }
    Origin parsed = Origin.parse(origin);
    return parsed != null && (origins.contains(parsed) || (host != null && parsed.isAt(host)));
  }
}
