package meower.schema.trail;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where events came from.
 *
 * @param days for how many days that is kept; 0 if nothing is
 * @param known whether there is such a meow; true when a client was asked about
 * @param client who was asked about, as it is written down; nothing when a meow was
 * @param entries of a meow from its creation on, of a client from the latest on
 * @param whole whether these are all
 */
public record TrailPage(
    int days, boolean known, @Nullable String client, List<Entry> entries, boolean whole) {

  public TrailPage {
    entries = List.copyOf(entries);
  }

  /** What happened. */
  public enum Kind {
    CREATED,
    EDITED,
    DELETED
  }

  /**
   * Where one event came from.
   *
   * @param client an IPv4 address, or an IPv6 network of 64 bits; nothing for an operator
   * @param program nothing for whoever has not said who they are
   * @param requestId nothing for whoever came past the proxy
   * @param deleted whether the meow is deleted by now
   */
  public record Entry(
      String meow,
      int revision,
      Kind kind,
      Instant at,
      @Nullable String client,
      @Nullable String program,
      @Nullable String operator,
      @Nullable String requestId,
      boolean deleted) {}
}
