package meower.schema.trail;

import org.jspecify.annotations.Nullable;

/**
 * What an operator asks of the command service over NATS: where the events of a meow came from, or
 * which events came from a client. The answer is a {@link TrailPage}.
 *
 * @param meow an id; nothing to ask about a client
 * @param client an address or a network of 64 bits; nothing to ask about a meow
 * @param before the last entry of the answer before, to go on behind it; nothing to begin with the
 *     latest
 */
public record TrailQuery(
    @Nullable String meow, @Nullable String client, TrailPage.@Nullable Entry before) {

  /** The subject of the request, outside of what any stream takes in. */
  public static final String SUBJECT = "command.trail";

  /** All that is written down about a meow. */
  public static TrailQuery ofMeow(String id) {
    return new TrailQuery(id, null, null);
  }

  /** What is written down about a client, a page at a time. */
  public static TrailQuery ofClient(String address, TrailPage.@Nullable Entry before) {
    return new TrailQuery(null, address, before);
  }
}
